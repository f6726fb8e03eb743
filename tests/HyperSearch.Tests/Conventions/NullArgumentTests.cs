using System.Reflection;
using System.Runtime.CompilerServices;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Training;
using Lambda = System.Linq.Expressions.Expression;

namespace HyperSearch.Tests.Conventions;

/// <summary>
/// Whoever passes <c>null</c> where none may stand is told so, by the name of the parameter: in every public method and constructor, over
/// all parameters that are not nullable references.
/// </summary>
/// <remarks>
/// The other arguments are empty objects that no constructor has run on, so that a method is seen to look at its arguments before it does
/// anything else. Methods with spans cannot be called by reflection and are left out.
/// </remarks>
public sealed class NullArgumentTests
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Records that a user makes; any other record is made by the library, and only read.</summary>
    private static readonly Type[] Made =
    [
        typeof(Parameter), typeof(Condition), typeof(Proposal), typeof(ProposalRequest), typeof(SamplingProblem), typeof(Observation),
        typeof(Goal), typeof(WarmStart), typeof(Job), typeof(TrainingDefinition), typeof(CommandDefinition), typeof(CampaignRequest),
    ];

    public static TheoryData<string> Libraries =>
        [.. new[] { typeof(RandomStream), typeof(AskAndTell), typeof(Trainer), typeof(KeptCampaign) }
            .Select(type => type.Assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task PublicMember_RefusesNullByTheNameOfItsParameter(string library)
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var (member, parameter) in Assembly.Load(library).GetExportedTypes().SelectMany(Members).SelectMany(Cases))
        {
            asked++;
            if (await Answer(member, parameter) is { } answer)
                wrong.Add($"{member.DeclaringType!.Name}.{member.Name}({parameter.Name}): {answer}");
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked}:\n{string.Join('\n', wrong)}");
        Assert.True(asked > 1, $"{asked} parameters were asked.");
    }

    /// <summary>The options that a user sets in code; the parameters of their constructors are asked above.</summary>
    [Theory]
    [InlineData(typeof(CampaignOptions))]
    [InlineData(typeof(CampaignRequest))]
    [InlineData(typeof(CommandDefinition))]
    [InlineData(typeof(DelegateDefinition))]
    [InlineData(typeof(Limits))]
    [InlineData(typeof(SearchOptions))]
    [InlineData(typeof(TrainerOptions))]
    public void Option_RefusesNullByItsName(Type options)
    {
        var parameters = options.GetConstructors().SelectMany(constructor => constructor.GetParameters(), (_, parameter) => parameter.Name);
        foreach (var option in options.GetProperties().Where(option => option.SetMethod is { IsPublic: true }).ExceptBy(parameters,
            option => option.Name))
        {
            if (option.PropertyType.IsValueType || Nullability.Create(option).WriteState != NullabilityState.NotNull)
                continue;
            var refusal = Assert.Throws<TargetInvocationException>(() =>
                option.SetValue(RuntimeHelpers.GetUninitializedObject(options), null)).InnerException;
            Assert.Equal(option.Name, Assert.IsType<ArgumentNullException>(refusal).ParamName);
        }
    }

    private static IEnumerable<MethodBase> Members(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsInterface || typeof(Delegate).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type))
            return [];
        var isRead = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null && !IsMade(type);
        return type.GetMethods(declared).Concat<MethodBase>(type.IsAbstract || isRead ? [] : type.GetConstructors(declared))
            .Where(member => !member.IsAbstract && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && !IsSetter(member)
                && !type.Name.StartsWith('<'));
    }

    private static bool IsMade(Type type) => Made.Contains(type) || type.IsSubclassOf(typeof(Scale));

    /// <summary>A value is set where a record is made; its laws are asked elsewhere.</summary>
    private static bool IsSetter(MethodBase member) => member.IsSpecialName && member.Name.StartsWith("set_", StringComparison.Ordinal);

    private static IEnumerable<(MethodBase Member, ParameterInfo Parameter)> Cases(MethodBase member)
    {
        var closed = member is MethodInfo { IsGenericMethodDefinition: true } open
            ? open.MakeGenericMethod([.. open.GetGenericArguments().Select(Argument)]) : member;
        var parameters = closed.GetParameters();
        return parameters.Any(parameter => parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsByRef
            || parameter.ParameterType.IsPointer)
            ? []
            : parameters.Zip(member.GetParameters())
                .Where(pair => !pair.First.ParameterType.IsValueType && !pair.Second.ParameterType.IsGenericParameter
                    && Nullability.Create(pair.Second).WriteState == NullabilityState.NotNull)
                .Select(pair => (closed, pair.First));
    }

    /// <summary>What came instead of the right exception; <c>null</c> when that came.</summary>
    private static async Task<string?> Answer(MethodBase member, ParameterInfo parameter)
    {
        var arguments = member.GetParameters()
            .Select(other => other == parameter ? null : Sample(other.ParameterType)).ToArray();
        try
        {
            var result = member is ConstructorInfo constructor
                ? constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null)
                : member.Invoke(
                    member.IsStatic ? null : Sample(member.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, arguments, null);
            if (result is Task task)
                await task.WaitAsync(TimeSpan.FromSeconds(10));
            else if (result is System.Collections.IEnumerable and not string)
                ((System.Collections.IEnumerable)result).GetEnumerator().MoveNext();
            return "nothing";
        }
        catch (ArgumentNullException refusal) when (refusal.ParamName == parameter.Name)
        {
            return null;
        }
        catch (Exception other)
        {
            return $"{other.GetType().Name}: {other.Message.Split('\n')[0]}";
        }
    }

    private static object? Sample(Type type)
    {
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        if (type == typeof(string))
            return "text";
        if (type == typeof(Type))
            return typeof(object);
        if (type.IsArray)
            return Array.CreateInstance(type.GetElementType()!, 0);
        if (type == typeof(Stream))
            return Stream.Null;
        if (type == typeof(TimeProvider))
            return TimeProvider.System;
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var parameters = type.GetMethod("Invoke")!.GetParameters().Select(each => Lambda.Parameter(each.ParameterType)).ToArray();
            return Lambda.Lambda(type, Lambda.Default(type.GetMethod("Invoke")!.ReturnType), parameters).Compile();
        }

        if (type.IsInterface && type.IsGenericType && Array.CreateInstance(type.GetGenericArguments()[0], 0) is var items
            && type.IsInstanceOfType(items))
            return items;
        if (type.IsInterface)
            return typeof(DispatchProxy).GetMethod("Create", 2, [])!.MakeGenericMethod(type, typeof(EmptyProxy)).Invoke(null, null);
        var made = type.IsAbstract
            ? type.Assembly.GetTypes().First(each => !each.IsAbstract && each.IsSubclassOf(type) && !each.ContainsGenericParameters) : type;
        return RuntimeHelpers.GetUninitializedObject(made);
    }

    private static Type Argument(Type parameter) => parameter.Name == "TObjective" ? typeof(DelegateObjective)
        : parameter.GetGenericParameterConstraints().FirstOrDefault(constraint => !constraint.IsInterface) ?? typeof(object);
}

/// <summary>Implements an interface by nothing.</summary>
public class EmptyProxy : DispatchProxy
{
    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => null;
}
