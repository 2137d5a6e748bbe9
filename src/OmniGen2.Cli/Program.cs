Console.WriteLine("omnigen2");
