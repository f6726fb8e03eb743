using System.Diagnostics;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HyperSearch.Training.Tests.Kernels;

/// <summary>
/// The weights after training must not depend on the machine's vector width: trains in child processes that have wider instructions
/// switched off.
/// </summary>
public sealed class SameBitsTests
{
    private const string HashFile = "HYPERSEARCH_TEST_HASH_FILE";

    private static readonly string[] Searches =
    [
        "layers=37-23 activation=relu optimizer=adam l2=0.5 keep_prob=0.8 batch_size=32",
        "layers=40 activation=tanh optimizer=momentum l1=0.1 batch_norm=true batch_size=48",
        "layers=19-5 activation=sigmoid optimizer=rmsprop clip_norm=0.1 input_keep_prob=0.9",
        "layers=33 activation=leaky_relu optimizer=adamw decay=cosine epochs=3",
        "hidden_layers=0 optimizer=nesterov class_weights=balanced",
        "layers=9 optimizer=momentum_classic l2=1 l1=1 decay=inverse_sqrt",
        "layers=18 optimizer=gradient_descent decay=exponential warmup_epochs=1",
    ];

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 8)]
    [InlineData("DOTNET_EnableAVX2", 4)]
    [InlineData("DOTNET_EnableHWIntrinsic", 4)]
    public async Task Training_GivesTheSameBits(string switchedOff, int lane)
    {
        var (hereLane, here) = Train().Split(' ') is [var l, var h] ? (int.Parse(l, null), h) : (0, "");
        Assert.SkipUnless(hereLane > lane, $"This machine's lane is {hereLane} floats wide: nothing wider than {lane} to switch off.");
        var (thereLane, there) = (await TrainWithout(switchedOff)).Split(' ') is [var m, var k] ? (int.Parse(m, null), k) : (0, "");
        Assert.Equal(lane, thereLane);
        Assert.Equal(here, there);
    }

    [Fact]
    public void Training_ReportsItsHashToTheParent()
    {
        var hash = Train();
        Assert.Matches("^(16|8|4) [0-9a-f]{16}$", hash);
        if (Environment.GetEnvironmentVariable(HashFile) is { } path)
            File.WriteAllText(path, hash);
    }

    private static string Train()
    {
        var hash = new XxHash3();
        foreach (var task in new[] { "classes", "binary", "regression" })
        {
            using var data = Synthetic.Data(task, rows: 70, inputs: 21);
            foreach (var search in Searches)
            {
                using var trainer = new Trainer(data, Synthetic.Options(search), seed: 9);
                var metrics = trainer.Epochs(1);
                hash.Append(MemoryMarshal.AsBytes(trainer.Predict(data.Test.Features).AsSpan()));
                hash.Append(BitConverter.GetBytes(metrics.TrainCost));
            }
        }
        var lane = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        return FormattableString.Invariant($"{lane} {hash.GetCurrentHashAsUInt64():x16}");
    }

    private static async Task<string> TrainWithout(string instructions)
    {
        var path = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
                start.ArgumentList.Add(typeof(SameBitsTests).Assembly.Location);
            start.ArgumentList.Add("-method");
            start.ArgumentList.Add($"*.{nameof(Training_ReportsItsHashToTheParent)}");
            start.Environment[instructions] = "0";
            start.Environment[HashFile] = path;
            using var child = Process.Start(start)!;
            var output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0, await output + await errors);
            return await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
