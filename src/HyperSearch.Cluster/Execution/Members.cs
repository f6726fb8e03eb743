using HyperSearch.Cluster.Joining;

namespace HyperSearch.Cluster.Execution;

/// <summary>The worker processes of a session and the numbers of their workers. Not thread-safe.</summary>
internal sealed class Members
{
    private readonly Dictionary<string, Member> _byName = [];
    private readonly Dictionary<string, int> _firsts = [];

    /// <summary>How many workers there are.</summary>
    public int Workers => _byName.Values.Sum(member => member.Hello.Slots);

    /// <summary>The processes.</summary>
    public IReadOnlyCollection<Member> All => _byName.Values;

    /// <summary>The process of a name; <c>null</c> for one that has not joined.</summary>
    public Member? this[string name] => _byName.GetValueOrDefault(name);

    /// <summary>The number of the first worker of a process that is or was here: its last outcomes may come after it has left.</summary>
    public int FirstOf(string name) => _firsts.GetValueOrDefault(name);

    /// <summary>Takes a process in: its workers get the lowest free numbers in a row.</summary>
    /// <returns>The member, and whether it is new.</returns>
    public (Member Member, bool IsNew) Add(Hello hello, TimeSpan now)
    {
        if (_byName.TryGetValue(hello.Worker, out var known))
        {
            known.Heard = now;
            return (known, false); // its first answer was lost, or it says that it is still getting ready
        }

        var first = 0;
        foreach (var other in _byName.Values.OrderBy(member => member.First))
        {
            if (first + hello.Slots <= other.First)
                break;
            first = other.First + other.Hello.Slots;
        }

        var member = new Member(hello, first) { Heard = now };
        _byName.Add(hello.Worker, member);
        _firsts[hello.Worker] = first;
        return (member, true);
    }

    /// <summary>Lets a process go; its numbers are free again.</summary>
    public void Remove(Member member) => _byName.Remove(member.Hello.Worker);
}
