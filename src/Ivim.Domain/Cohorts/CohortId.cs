using System.Security.Cryptography;
using System.Text;

namespace Ivim.Domain.Cohorts;

/// <summary>A cohort, by the hash of its name: the name itself is known to the work folder alone.</summary>
/// <param name="Value">16 hexadecimal digits.</param>
public readonly record struct CohortId(string Value)
{
    /// <summary>Entries and protocol are the cohort's state and no part of its identity: both may change.</summary>
    public static CohortId Of(string name) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16]);

    public override string ToString() => Value;
}

/// <summary>Everything that is routed to one cohort.</summary>
public interface IForCohort
{
    CohortId Cohort { get; }
}
