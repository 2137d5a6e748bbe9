namespace OmniGen2.Training.Language;

/// <summary>A prompt as the pipeline reads it, and the answer as it shall be written.</summary>
/// <param name="Ids">Template, words and answer, the answer's end mark included; before them earlier turns, if there were some.</param>
/// <param name="Trunk">Where the first turn's words begin; what lies before belongs to every prompt with as many pictures.</param>
/// <param name="Words">Where the words of the last turn begin.</param>
/// <param name="WordsEnd">Where they end.</param>
/// <param name="Answer">Where the answer begins; the end of the ids where there is none.</param>
/// <param name="Text">The words of the last turn.</param>
internal sealed record Conversation(int[] Ids, int Trunk, int Words, int WordsEnd, int Answer, string Text)
{
    public bool HasAnswer => Answer < Ids.Length;
}
