using LightDxml.Kernels.Ilgpu.Devices;

namespace LightDxml.Kernels.Ilgpu.Search;

/// <summary>
/// How a search is cut: queries a block, and columns (products of a query) at once. Two blocks are on the device at a time,
/// one being computed while the other is copied.
/// </summary>
internal readonly record struct SearchPlan(int Queries, int Columns)
{
    public const int Slots = 2;

    /// <summary>Enough tiles to fill any device of today.</summary>
    public const int MostQueries = 1024;

    public const int MostColumns = 16_384;

    /// <summary>Below this, halving the columns saves little beside what the queries take.</summary>
    private const int FewColumns = 1024;

    /// <summary>The plan of half the memory, or null where there is none.</summary>
    public SearchPlan? Half => Queries > 1 ? this with { Queries = (Queries + 1) / 2 } : null;

    /// <summary>The largest blocks that fit: the columns are halved first, then the queries.</summary>
    /// <param name="queries">Queries of the search.</param>
    /// <exception cref="LightDxmlException">Not even a block of one query fits.</exception>
    public static SearchPlan For(GpuDevice device, int queries, in SearchShape shape, int width)
    {
        var free = device.FreeMemory;
        var plan = new SearchPlan(Math.Clamp(queries, 1, MostQueries), Math.Max(1, shape.WholeColumns ? shape.Columns : Math.Min(shape.Columns, MostColumns)));
        while (shape.BytesPerQuery(plan.Columns, width) * plan.Queries * Slots is var bytes && (bytes > free || (long)plan.Queries * plan.Columns > Array.MaxLength))
        {
            plan = !shape.WholeColumns && plan.Columns > FewColumns ? plan with { Columns = plan.Columns / 2 }
                : plan.Queries > 1 ? plan with { Queries = (plan.Queries + 1) / 2 }
                : !shape.WholeColumns && plan.Columns > 1 ? plan with { Columns = (plan.Columns + 1) / 2 }
                : throw DeviceArena.TooLittle(device, bytes, free, "the search's smallest blocks");
        }

        return plan;
    }
}
