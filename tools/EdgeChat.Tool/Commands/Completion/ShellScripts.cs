using System.CommandLine;
using System.Text;

namespace EdgeChat.Tool.Commands.Completion;

/// <summary>Writes what a shell needs to complete the command by itself: the script holds all words, so no key press starts
/// <c>edgechat</c>.</summary>
internal static class ShellScripts
{
    /// <summary>For bash: <c>source &lt;(tools/edgechat completion bash)</c>.</summary>
    public static string Bash(IReadOnlyList<CommandWords> all) => $$"""
        # edgechat in bash: source <(tools/edgechat completion bash)
        _edgechat() {
          local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}" at="" word choice="" files=""
          for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
            case "$at $word" in
              {{Paths(all)}}) at="$at $word" ;;
            esac
          done
        {{Cases(all, "  ")}}
          COMPREPLY=($(compgen -W "$choice" -- "$cur"))
          if [ -n "$files" ] && [ ${#COMPREPLY[@]} -eq 0 ]; then
            compopt -o filenames
            COMPREPLY=($(compgen -f -- "$cur"))
          fi
        }
        complete -F _edgechat edgechat

        """;

    /// <summary>For zsh: <c>source &lt;(tools/edgechat completion zsh)</c>.</summary>
    public static string Zsh(IReadOnlyList<CommandWords> all) => $$"""
        #compdef edgechat
        # edgechat in zsh, behind compinit: source <(tools/edgechat completion zsh)
        _edgechat() {
          local cur="${words[CURRENT]}" prev="${words[CURRENT-1]}" at="" word choice="" files=""
          local -a typed=("${(@)words[2,CURRENT-1]}")
          for word in $typed; do
            case "$at $word" in
              {{Paths(all)}}) at="$at $word" ;;
            esac
          done
        {{Cases(all, "  ")}}
          [ -z "$choice" ] || compadd -- ${=choice}
          [ -z "$files" ] || _files
        }
        compdef _edgechat edgechat

        """;

    /// <summary>For fish: <c>tools/edgechat completion fish | source</c>.</summary>
    public static string Fish(IReadOnlyList<CommandWords> all)
    {
        var text = new StringBuilder($$"""
            # edgechat in fish: tools/edgechat completion fish | source
            function __edgechat_at
              set -l at ""
              for word in (commandline -opc)[2..]
                switch "$at $word"
                  case {{string.Join(' ', all.Where(c => c.Path.Length > 0).Select(c => $"'{c.Path}'"))}}
                    set at "$at $word"
                end
              end
              test "$at" = "$argv[1]"
            end
            complete -c edgechat -f

            """);
        foreach (CommandWords command in all)
        {
            string where = $"complete -c edgechat -n '__edgechat_at \"{command.Path}\"'";
            foreach (Command below in command.Commands) text.AppendLine($"{where} -a {below.Name} -d '{Brief(below.Description)}'");
            if (command.TakesFiles) text.AppendLine($"{where} -F");
            foreach (Option option in command.Options)
            {
                string values = CommandWords.ValuesOf(option);
                string takes = CommandWords.IsSwitch(option) ? "" : CommandWords.IsFile(option) ? " -r -F"
                    : values.Length > 0 ? $" -x -a '{values}'" : " -x";
                text.AppendLine($"{where} -l {option.Name[2..]}{takes} -d '{Brief(option.Description)}'");
            }
        }

        return text.ToString();
    }

    // patterns of a shell's case for the commands that there are
    private static string Paths(IReadOnlyList<CommandWords> all) =>
        string.Join('|', all.Where(c => c.Path.Length > 0).Select(c => $"\"{c.Path}\""));

    // bash and zsh: what an option's value can be, else what stands behind a command
    private static string Cases(IReadOnlyList<CommandWords> all, string indent)
    {
        var text = new StringBuilder($"{indent}case \"$at $prev\" in\n");
        foreach (CommandWords command in all)
        {
            foreach (Option option in command.Options.Where(o => !CommandWords.IsSwitch(o)))
            {
                string does = CommandWords.IsFile(option) ? "files=yes" : $"choice=\"{CommandWords.ValuesOf(option)}\"";
                text.Append($"{indent}  \"{command.Path} {option.Name}\") {does} ;;\n");
            }
        }

        text.Append($"{indent}  *) case \"$at\" in\n");
        foreach (CommandWords command in all)
            text.Append($"{indent}    \"{command.Path}\") choice=\"{command.Words}\"{(command.TakesFiles ? " files=yes" : "")} ;;\n");
        return text.Append($"{indent}  esac ;;\n{indent}esac").ToString();
    }

    // the first line, as a word in single quotes; fish knows \' in them
    private static string Brief(string? description) =>
        (description ?? "").Split('\n')[0].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
