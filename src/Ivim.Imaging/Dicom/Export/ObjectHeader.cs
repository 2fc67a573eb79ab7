using Ivim.Imaging.Dicom.Vendors;
using Ivim.Imaging.Dicom.Writing;

namespace Ivim.Imaging.Dicom.Export;

/// <summary>What objects of one export share: whose they are, and which study they join.</summary>
/// <param name="Subject">Label that stands in for name and number where there is no source.</param>
/// <param name="Study">Tells studies apart where there is no source.</param>
/// <param name="ProgramVersion">Of the program that writes.</param>
public sealed record ObjectHeader(DicomSource? Source, string Subject, string Study, string ProgramVersion)
{
    /// <summary>Where there is no date, one that no scan has: the same input has to be the same bytes.</summary>
    private const string NoDate = "19000101", NoTime = "000000";

    private static readonly DicomTag CharacterSet = new(0x0008, 0x0005), StudyUid = new(0x0020, 0x000D),
        FrameOfReference = new(0x0020, 0x0052), ReferenceIndicator = new(0x0020, 0x1040),
        PatientName = new(0x0010, 0x0010), PatientId = new(0x0010, 0x0020), Sex = new(0x0010, 0x0040),
        Laterality = new(0x0020, 0x0060), Posture = new(0x0018, 0x5100),
        BodyPart = new(0x0018, 0x0015);

    /// <summary>Patient, study, frame of reference, and how the patient lay.</summary>
    private static readonly (DicomTag Tag, string Form)[] Copied =
    [
        (new(0x0008, 0x0020), "DA"), (new(0x0008, 0x0030), "TM"), (new(0x0008, 0x0050), "SH"),
        (new(0x0008, 0x0090), "PN"), (new(0x0008, 0x1030), "LO"), (PatientName, "PN"), (PatientId, "LO"),
        (new(0x0010, 0x0021), "LO"), (new(0x0010, 0x0030), "DA"), (Sex, "CS"), (new(0x0010, 0x1010), "AS"),
        (new(0x0010, 0x1020), "DS"), (new(0x0010, 0x1030), "DS"), (new(0x0012, 0x0062), "CS"),
        (new(0x0012, 0x0063), "LO"), (StudyUid, "UI"), (new(0x0020, 0x0010), "SH"), (FrameOfReference, "UI"),
        (ReferenceIndicator, "LO"), (BodyPart, "CS"), (Posture, "CS"), (Laterality, "CS"),
    ];

    public string StudyInstance => Has(StudyUid) ? Source!.Header.Text(StudyUid) : DicomUid.Of("ivim study", Study);

    /// <summary>Modules of patient, study, series, frame of reference and equipment.</summary>
    /// <remarks>Text of the source keeps its bytes and its character set, so that no name is written
    /// otherwise.</remarks>
    public DicomContent Begin(string sopClass, string seriesUid, int seriesNumber, string series)
    {
        var content = new DicomContent();
        foreach (var (tag, form) in Copied)
            if (Has(tag)) content.Bytes(tag, form, Source!.Header.Bytes(tag));
            else if (IsRequired(tag)) content.Text(tag, form);
        // A body part tells whether there are two of it; without one the side is unknown, not left out.
        if (!Has(BodyPart) && !Has(Laterality)) content.Text(Laterality, "CS");
        if (Has(CharacterSet)) content.Bytes(CharacterSet, "CS", Source!.Header.Bytes(CharacterSet));
        if (Source is null) content.Text(PatientName, "PN", Subject).Text(PatientId, "LO", Subject);
        content.Text(StudyUid, "UI", StudyInstance);
        if (!Has(FrameOfReference))
            content.Text(FrameOfReference, "UI", DicomUid.Of("ivim frame of reference", StudyInstance));
        var (date, time) = When();
        return content.Text(new(0x0008, 0x0016), "UI", sopClass).Text(new(0x0008, 0x0018), "UI")
            .Text(new(0x0008, 0x0023), "DA", date).Text(new(0x0008, 0x0033), "TM", time)
            .Text(new(0x0008, 0x0060), "CS", "MR").Text(new(0x0008, 0x103E), "LO", series)
            .Text(new(0x0008, 0x0070), "LO", "Ivim").Text(new(0x0008, 0x1090), "LO", "ivim")
            .Text(new(0x0018, 0x1000), "LO", "none").Text(new(0x0018, 0x1020), "LO", ProgramVersion)
            .Text(new(0x0020, 0x000E), "UI", seriesUid).Integers(new(0x0020, 0x0011), seriesNumber);
    }

    /// <summary>Of the acquisition: a date of the export would make other bytes each time.</summary>
    private (string Date, string Time) When()
    {
        foreach (ushort element in (ushort[])[0x0022, 0x0021, 0x0020])
        {
            string date = Source?.Header.Text(new(0x0008, element)) ?? "";
            string time = Source?.Header.Text(new(0x0008, (ushort)(element + 0x10))) ?? "";
            if (date.Length == 8 && date.All(char.IsAsciiDigit))
                return (date, time.Length >= 6 && time[..6].All(char.IsAsciiDigit) ? time[..6] : NoTime);
        }
        return (NoDate, NoTime);
    }

    private bool Has(DicomTag tag) => Source is not null && Source.Header.Bytes(tag).Length > 0;

    private static bool IsRequired(DicomTag tag) => tag.Element is 0x0020 && tag.Group is 0x0008 or 0x0010
        || tag == new DicomTag(0x0008, 0x0030) || tag == new DicomTag(0x0008, 0x0050)
        || tag == new DicomTag(0x0008, 0x0090) || tag == PatientName || tag == new DicomTag(0x0010, 0x0030)
        || tag == Sex || tag == Posture
        || tag == new DicomTag(0x0020, 0x0010) || tag == ReferenceIndicator;
}
