namespace OmniGen2.Evaluation.Shapes;

/// <summary>What a checkpoint of the shapes world is scored on.</summary>
public enum ShapesAbility
{
    /// <summary>Clean drawings through the autoencoder and back: no picture can be better.</summary>
    Vae,

    /// <summary>Pictures from a prompt.</summary>
    T2i,

    /// <summary>The same pictures, asked for in a conversation.</summary>
    Chat,

    /// <summary>Changes to a picture.</summary>
    Edit,

    /// <summary>A picture from two or three references.</summary>
    Compose,

    /// <summary>Questions about a picture.</summary>
    Vqa,

    /// <summary>Whether a picture matches a request.</summary>
    Judge,
}
