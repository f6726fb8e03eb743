using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace HyperSearch.Training.Kernels;

/// <summary>The lane that a graph is compiled for, chosen in one place. A caller of it knows nothing of strips or padding.</summary>
internal abstract unsafe class Lane
{
    /// <summary>Bytes of an element.</summary>
    public abstract int ElementBytes { get; }

    /// <summary>The widest lane that this machine works on at full speed.</summary>
    public static Lane For(Precision precision) =>
        precision == Precision.Bits64 ? new Lane<DoubleLane, double>()
        : Vector512.IsHardwareAccelerated ? new Lane<Lane16, float>()
        : Vector256.IsHardwareAccelerated ? new Lane<Lane8, float>()
        : new Lane<Lane4, float>();

    /// <summary>Makes the object that the recipe describes, compiled for this lane.</summary>
    public abstract TMade Make<TMade>(IRecipe<TMade> recipe);

    public abstract void* Take(Arena arena, long count);

    public abstract double Read(void* values, nint at);

    public abstract void Write(void* values, nint at, double value);

    /// <summary>Copies rows of floats into consecutive rows of a batch.</summary>
    public abstract void Gather(float* source, nint sourceStride, ReadOnlySpan<int> rows, int columns, void* target, nint targetStride);
}

/// <summary>Something that is written once over the lane and made for whichever lane was chosen.</summary>
/// <typeparam name="TMade">What comes of it, such as an operation.</typeparam>
internal interface IRecipe<out TMade>
{
    TMade Make<L, T>()
        where L : struct, ILane<L, T>
        where T : unmanaged;
}

/// <summary>One lane, as a graph sees it.</summary>
internal sealed unsafe class Lane<L, T> : Lane
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public override int ElementBytes => sizeof(T);

    public override TMade Make<TMade>(IRecipe<TMade> recipe) => recipe.Make<L, T>();

    public override void* Take(Arena arena, long count) => arena.Take<T>(count);

    public override double Read(void* values, nint at) => typeof(T) == typeof(float) ? ((float*)values)[at] : ((double*)values)[at];

    public override void Write(void* values, nint at, double value) => ((T*)values)[at] = L.Number(value);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gather(float* source, nint sourceStride, ReadOnlySpan<int> rows, int columns, void* target, nint targetStride)
    {
        var to = (T*)target;
        foreach (var row in rows)
        {
            var from = source + row * sourceStride;
            if (typeof(T) == typeof(float))
            {
                for (nint j = 0; j < columns; j += L.Width)
                    L.Store(L.Load((T*)(from + j)), to + j);
            }
            else
            {
                for (nint j = 0; j < columns; j++)
                    ((double*)to)[j] = from[j];
            }
            to += targetStride;
        }
    }
}
