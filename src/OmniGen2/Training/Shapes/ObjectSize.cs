namespace OmniGen2.Training.Shapes;

/// <summary>The three sizes of an object; <see cref="Grid.Radius"/> has their pixels.</summary>
public enum ObjectSize
{
    Small,
    Medium,
    Large,
}
