return LightDxml.Cli.CommandLine.Run(args);
