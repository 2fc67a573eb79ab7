namespace Ivim.Domain.Tests.Simulation;

/// <summary>Letters between places: late, twice, out of order or never, as the links and partitions have it.</summary>
internal sealed class Network(World world, int places)
{
    private readonly bool[,] _cut = new bool[places, places];
    private readonly double[,] _quality = Qualities(world.Dice, places);

    public void Send(int from, int to, Action deliver)
    {
        if (_cut[from, to]) return;
        double quality = _quality[from, to];
        if (world.Chance(Fault.Loss, quality)) return;
        int copies = world.Chance(Fault.Duplication, quality) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++)
        {
            double seconds = world.Chance(Fault.Delay, quality) ? world.Dice.Between(0, 12)
                : world.IsCalm ? 0.002 : world.Dice.Between(0.001, 0.02);
            world.Time.After(TimeSpan.FromSeconds(seconds), deliver);
        }
    }

    /// <summary>Cuts the places in two; a one-way cut loses only what goes from the first part to the second.</summary>
    public void Cut(bool isOneWay)
    {
        int first = 1 + world.Dice.Below((1 << places) - 2);
        for (int from = 0; from < places; from++)
            for (int to = 0; to < places; to++)
            {
                bool isFromFirst = (first >> from & 1) == 1, isToFirst = (first >> to & 1) == 1;
                _cut[from, to] = isFromFirst != isToFirst && (!isOneWay || isFromFirst);
            }
    }

    public void Heal() => Array.Clear(_cut);

    /// <summary>Most links are good and some are bad.</summary>
    private static double[,] Qualities(Dice dice, int places)
    {
        var qualities = new double[places, places];
        for (int from = 0; from < places; from++)
            for (int to = 0; to < places; to++)
                qualities[from, to] = from == to ? 0 : dice.Chance(0.2) ? 2 : dice.Between(0, 1);
        return qualities;
    }
}
