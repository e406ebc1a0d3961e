import { type Option, spellings } from '../../cli/options/option.ts';
import {
  type Candidates,
  type ScriptMaker,
  shellQuote,
  type VerbDescription,
  valueCandidates,
  verbCandidates,
  verbOptions,
} from './candidates.ts';

/** The script for zsh: to be sourced, or saved as `_tsmap` in a directory of `$fpath`. */
export const zshScript: ScriptMaker = (options, verbs) => `#compdef tsmap
# Completion of tsmap for zsh, printed by 'tsmap completion zsh'.

# Offers process ids. A process can choose its name, so everything but printable ASCII is shown as ?.
_tsmap_processes() {
  local LC_ALL=C file pid name expl
  local -a pids named
  for file in /proc/<->/comm(N); do
    pid=\${\${file#/proc/}%/comm}
    name=
    { IFS= read -r -d '' name <$file } 2>/dev/null
    [[ -n $name ]] || continue
    name=\${name%$'\\n'}
    pids+=("$pid")
    named+=("$pid  (\${name//[^ -~]/?})")
  done
  _wanted processes expl process compadd -l -d named -a pids
}

_tsmap_operands() {
  local -a verbs=(${Object.entries(verbs).map(describeVerb).join(' ')})
  if (( CURRENT == 2 )); then _describe -t verbs verb verbs; fi
  _tsmap_processes
}

${Object.entries(verbs).map(verbFunction).join('')}_tsmap() {
  local expl
  if (( CURRENT > 2 )); then
    case $words[2] in
${Object.entries(verbs).map(verbLine).join('')}    esac
  fi
${argumentsOf(options, '*: :_tsmap_operands')}}

if [[ $funcstack[1] == _tsmap ]]; then
  _tsmap "$@"
else
  compdef _tsmap tsmap
fi
`;

/** The function that completes what follows a verb. */
function verbFunction([name, verb]: [string, VerbDescription]): string {
  return `_tsmap_${name}() {\n${argumentsOf(verbOptions(verb), operandSpec(verb))}}\n\n`;
}

function describeVerb([name, { help }]: [string, VerbDescription]): string {
  return shellQuote(`${name}:${help.replaceAll(':', '\\:')}`);
}

/** The command that completes options, and operands as `operands` specifies. */
function argumentsOf(options: readonly Option[], operands: string): string {
  const lines = options.flatMap((option) => specs(option, options)).join('');
  return `  _arguments -s -S : \\\n${lines}    '${operands}'\n`;
}

/** The specification of a verb's operands. A verb whose operands are words takes only one. */
function operandSpec(verb: VerbDescription): string {
  const candidates = verbCandidates(verb);
  return `${candidates.kind === 'words' ? '1' : '*'}: :${action(candidates)}`;
}

function verbLine([name]: [string, VerbDescription]): string {
  // _arguments must take the verb for the command.
  return `      ${name}) shift words; (( CURRENT-- )); _tsmap_${name}; return ;;\n`;
}

/** A line for _arguments per spelling; each names the options that it excludes, its other spelling included. */
function specs(option: Option, all: readonly Option[]): string[] {
  const sameGroup = all.filter(({ group }) => group !== undefined && group === option.group);
  const excluded = new Set([option, ...sameGroup].flatMap(spellings));
  const repeats = option.kind === 'count';
  if (repeats) for (const own of spellings(option)) excluded.delete(own);
  return spellings(option).map((spelling) => {
    const others = [...excluded].join(' ');
    const text = `(${others})${repeats ? '*' : ''}${spelling}${valueMark(option, spelling)}`;
    return `    ${shellQuote(`${text}[${escapeHelp(option.help)}]${valueSpec(option)}`)} \\\n`;
  });
}

/** The mark for where a value may be: `-Cfile`, `-C file`, `--layout=classic`, `--layout classic`. */
function valueMark({ kind }: Option, spelling: string): string {
  if (kind !== 'value') return '';
  return spelling.startsWith('--') ? '=' : '+';
}

function valueSpec(option: Option): string {
  if (option.kind !== 'value') return '';
  return `:${option.metavar}:${action(valueCandidates(option))}`;
}

function action(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `(${candidates.words.join(' ')})`;
    case 'files':
      return '_files';
    case 'directories':
      return '_files -/';
    case 'processes':
      return '_tsmap_processes';
    default:
      // A blank offers nothing, but the name of the value is shown.
      return ' ';
  }
}

function escapeHelp(help: string): string {
  return help.replace(/[\\[\]:]/g, '\\$&');
}
