using System.Runtime.Versioning;

// Every fault takes the whole machine, and times are measured.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
// Signals, namespaces and control groups are Linux's.
[assembly: SupportedOSPlatform("linux")]
