using OmniGen2.Bench;

return args switch
{
    ["gallery", .. var rest] => await GalleryBench.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("gallery --pictures 200000 [--json] [--keep FOLDER]");
    return 2;
}
