import type { Option } from '../../cli/options/option.ts';
import {
  type Candidates,
  type ScriptMaker,
  type VerbDescription,
  valueCandidates,
  verbCandidates,
  verbOptions,
} from './candidates.ts';

/** The script for fish: to be sourced, or saved as `tsmap.fish` in a directory of completions. */
export const fishScript: ScriptMaker = (options, verbs) => `\
# Completion of tsmap for fish, printed by 'tsmap completion fish'.

# Prints process ids. A process can choose its name, so everything but printable ASCII is shown as ?.
function __tsmap_processes
    for pid in (string match -r '[0-9]+' /proc/*/comm)
        set -l name
        test -r /proc/$pid/comm; and read -z name </proc/$pid/comm; or continue
        # The ? at the end was the newline that the kernel adds.
        printf '%s\\t%s\\n' $pid (string replace -ra '[^ -~]' '?' -- $name | string replace -r '\\?$' '')
    end
end

function __tsmap_words
    test (count (commandline -opc)) -eq $argv[1]
end

function __tsmap_verb
    set -l words (commandline -opc)
    contains -- "$words[2]" $argv
end

complete -c tsmap -f
${options.map((option) => optionLine(option, `not ${verbCondition(Object.keys(verbs))}`)).join('')}\
${Object.entries(verbs).map(verbLines).join('')}\
complete -c tsmap -n 'not ${verbCondition(Object.keys(verbs))}' -a '(__tsmap_processes)'
`;

/** The condition that one of these verbs was given. */
function verbCondition(verbs: readonly string[]): string {
  return `__tsmap_verb ${verbs.join(' ')}`;
}

function optionLine(option: Option, condition: string): string {
  const { short, long, help } = option;
  const names = `${short ? ` -s ${short}` : ''}${long ? ` -l ${long}` : ''}`;
  const value = option.kind === 'value' ? ` ${valueFlags(valueCandidates(option))}` : '';
  return `complete -c tsmap -n '${condition}'${names}${value} -d ${quote(help)}\n`;
}

function verbLines([name, verb]: [string, VerbDescription]): string {
  const candidates = verbCandidates(verb);
  // A verb whose operands are words takes only one.
  const once = candidates.kind === 'words' ? '; and __tsmap_words 2' : '';
  return (
    `complete -c tsmap -n '__tsmap_words 1' -a ${name} -d ${quote(verb.help)}\n` +
    `complete -c tsmap -n '${verbCondition([name])}${once}' ${operandFlags(candidates)}\n` +
    verbOptions(verb)
      .map((option) => optionLine(option, verbCondition([name])))
      .join('')
  );
}

/** `-x`: a value is required, and it is not a file; `-r -F`: it is required and a file. */
function valueFlags(candidates: Candidates): string {
  return candidates.kind === 'files' ? '-r -F' : `-x ${operandFlags(candidates)}`.trim();
}

function operandFlags(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `-a ${quote(candidates.words.join(' '))}`;
    case 'files':
      return '-F';
    case 'directories':
      return "-a '(__fish_complete_directories)'";
    case 'processes':
      return "-a '(__tsmap_processes)'";
    default:
      return '';
  }
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
