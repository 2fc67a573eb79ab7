namespace Ivim.Hosting.Security;

/// <summary>What a caller of the HTTP API may do; each may do what the ones before it may.</summary>
public enum ApiRole
{
    /// <summary>Look.</summary>
    Viewer = 1,

    /// <summary>Submit, cancel, retry, pause, resume.</summary>
    Operator = 2,

    /// <summary>All, a change of a cohort's protocol as well.</summary>
    Admin = 3,
}
