using OmniGen2.Training.Shapes;

namespace OmniGen2.Evaluation.Shapes;

/// <summary>A shape and size at a place, and how well it covers its region.</summary>
internal readonly record struct Candidate(Shape Shape, ObjectSize Size, int X, int Y, float Overlap);
