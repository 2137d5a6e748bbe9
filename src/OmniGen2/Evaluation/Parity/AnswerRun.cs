using OmniGen2.Tokenization;

namespace OmniGen2.Evaluation.Parity;

/// <summary>Gives the answer of a recorded chat again: the prompt's ids, the answer's ids, its text, and whether it asks for a picture.</summary>
internal sealed class AnswerRun(OmniGen2Pipeline pipeline, RecordedRun run, CaseChecks checks)
{
    private readonly RecordedFile _file = run.Tensors;

    public void Compare()
    {
        var recorder = new RunRecorder();
        var chat = run.Entry["chat"];
        var request = new ChatRequest { Turns = [new ChatTurn(ChatRole.User, run.Prompt(0)) { Images = run.Images }] };
        request = run.IsForced ? request with { MaxNewTokens = 1 } : request;
        var deltas = pipeline.Chat(request, new ParityOptions { TrustSpecialTokens = true, Record = recorder.Add }).ToList();
        var prompt = recorder.Ids("chat.prompt_ids").ToList();
        checks.Same("chat.prompt_ids", _file.Ints("chat.prompt_ids"), prompt);
        checks.Same("prompt_after_template", Composition.Compose(chat["prompt_after_template"].Text), pipeline.Parts.Template.Tokenizer.Decode(prompt));
        if (_file.Has("text.image_grid_thw"))
        {
            var grids = run.Images.Select(pipeline.Parts.Images.Process);
            checks.Same("text.image_grid_thw", _file.Ints("text.image_grid_thw"), grids.SelectMany(g => (int[])[g.GridTime, g.GridHeight, g.GridWidth]));
        }

        if (run.IsForced)
        {
            // Here the original was not asked: its model was made to answer with the image token.
            checks.Same("chat.generated_ids", _file.Ints("chat.generated_ids"), [pipeline.Parts.Template.ImageRequestId]);
            return;
        }

        checks.Same("chat.generated_ids", _file.Ints("chat.generated_ids"), recorder.Ids("chat.generated_ids"));
        checks.Same("generated_tokens", chat["generated_tokens"].Int, ((ChatDelta.Finished)deltas[^1]).NewTokens);
        checks.Same("asks for a picture", run.Pictures > 0, deltas[0] is ChatDelta.ImageRequested);
        if (run.Pictures == 0)
        {
            checks.Same("returned_text", Shown(chat["returned_text"].Text), string.Concat(deltas.OfType<ChatDelta.Text>().Select(t => t.Value)));
        }
    }

    /// <summary>The token that ends an answer is not shown here; the original leaves some of them in.</summary>
    private static string Shown(string text)
    {
        var end = StopStrings.OfChat.FirstOrDefault(e => text.EndsWith(e, StringComparison.Ordinal));
        return end is null ? text : text[..^end.Length];
    }
}
