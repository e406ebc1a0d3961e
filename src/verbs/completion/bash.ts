import { type Option, spellings } from '../../cli/options/option.ts';
import {
  type Candidates,
  type ScriptMaker,
  type VerbText,
  valueCandidates,
  verbCandidates,
  verbOptions,
} from './candidates.ts';

/** Where options are offered: behind the program itself, or behind one of its verbs. */
interface Place {
  /** What its functions' names begin with. */
  readonly prefix: string;
  /** The number of its first word. */
  readonly first: number;
  readonly options: readonly Option[];
  /** The command that offers what stands where no option does. */
  readonly operands: string;
}

/**
 * The script for bash. It has no descriptions to show: process ids have their names behind them in
 * the list of several, and only there, because a list is all that bash never inserts.
 */
export const bashScript: ScriptMaker = (options, verbs) => {
  const names = Object.keys(verbs).join(' ');
  const operands = `if ((COMP_CWORD == 1)); then _tsmap_words ${names}; fi
    _tsmap_processes`;
  const places = [
    { prefix: '_tsmap', first: 1, options, operands },
    ...Object.entries(verbs).map(([name, verb]) => placeBehind(name, verb)),
  ];
  return `# Completion of tsmap for bash, printed by 'tsmap completion bash'.

# Offers those of the words that begin with what is typed.
_tsmap_words() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$prefix$word"); fi
  done
}

# Offers process ids. A process chooses its name: what is not printable ASCII reads ? in the list.
_tsmap_processes() {
  local file pid name LC_ALL=C
  local -a pids=() named=()
  for file in /proc/[0-9]*/comm; do
    pid=\${file#/proc/}
    pid=\${pid%/comm}
    [[ $pid == "$cur"* ]] || continue
    name=
    { IFS= read -r -d '' name <"$file"; } 2>/dev/null
    [[ -n $name ]] || continue
    name=\${name%$'\\n'}
    pids+=("$pid")
    named+=("$pid  (\${name//[^ -~]/?})")
  done
  # Types ?, ! and @ are lists; in all others bash may insert what it is given.
  if [[ \${COMP_TYPE-} =~ ^(63|33|64)$ ]] && ((\${#pids[@]} > 1)); then pids=("\${named[@]}"); fi
  COMPREPLY+=("\${pids[@]}")
}

# Looks at the words from number $1 on: is one an option whose value comes next, or the last one?
# $2 matches the letters of such options, $3 their words.
_tsmap_look() {
  local word i
  for ((i = $1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # bash takes --color=auto for three words.
    if [[ $word == '=' || -n $ended ]]; then continue; fi
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word =~ $2 ]]; then
      option=-\${BASH_REMATCH[1]}
    elif [[ $word =~ $3 ]]; then
      option=$word
    fi
  done
  if [[ $cur == '=' ]]; then cur=; fi
  if [[ -z $option && -z $ended && $cur == --*=* ]]; then
    option=\${cur%%=*} prefix=\${cur%%=*}= cur=\${cur#*=}
  fi
}

${places.map(placeFunctions).join('')}\
# Whether $1 is a verb; what follows it is offered.
_tsmap_verb() {
  case $1 in
${Object.entries(verbs).map(verbLine).join('')}    *) return 1 ;;
  esac
  return 0
}

_tsmap() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prefix= option= ended=
  COMPREPLY=()
  if ((COMP_CWORD > 1)) && _tsmap_verb "\${COMP_WORDS[1]}"; then return; fi
  _tsmap_arguments
}

complete -F _tsmap tsmap
`;
};

/** The place behind a verb. */
function placeBehind(name: string, verb: VerbText): Place {
  const operands = operandsCommand(verbCandidates(verb));
  return { prefix: `_tsmap_${name}`, first: 2, options: verbOptions(verb), operands };
}

function verbLine([name]: [string, VerbText]): string {
  return `    ${name}) _tsmap_${name}_arguments ;;\n`;
}

function placeFunctions({ prefix, first, options, operands }: Place): string {
  const withValue = options.filter(({ kind }) => kind === 'value');
  const longs = withValue.map(long).filter(Boolean).join('|');
  return `# Offers what the value of option $1 can be.
${prefix}_value() {
  case $1 in
${withValue.map((option) => caseLine(spellings(option), command(valueCandidates(option)))).join('')}  esac
}

${prefix}_arguments() {
  _tsmap_look ${first} '${shortPattern(options)}' '^(${longs})$'
  if [[ -n $option ]]; then
    ${prefix}_value "$option"
  elif [[ -z $ended && $cur == -* ]]; then
    _tsmap_words ${options.flatMap(spellings).join(' ')}
  else
    ${operands}
  fi
}

`;
}

function caseLine(names: readonly string[], line: string): string {
  return `    ${names.join(' | ')}) ${line} ;;\n`;
}

/** What is offered as operands of a verb; of words, a verb takes one alone. */
function operandsCommand(candidates: Candidates): string {
  const isOver = candidates.kind === 'words' ? '((COMP_CWORD > 2)) || ' : '';
  return isOver + command(candidates);
}

function command(candidates: Candidates): string {
  switch (candidates.kind) {
    case 'words':
      return `_tsmap_words ${candidates.words.join(' ')}`;
    case 'files':
      return 'compopt -o default 2>/dev/null';
    case 'directories':
      return 'compopt -o dirnames 2>/dev/null';
    case 'processes':
      return '_tsmap_processes';
    default:
      return ':';
  }
}

/** Letters that end with one whose value is the next word: `-C`, `-qC`. */
function shortPattern(options: readonly Option[]): string {
  const letters = (takesValue: boolean) =>
    options
      .filter(({ kind }) => (kind === 'value') === takesValue)
      .map(({ short = '' }) => short)
      .join('');
  const [before, last] = [letters(false), letters(true)];
  // A set must not be empty; a dash is no letter of anything.
  return `^-${before && `[${before}]*`}([${last || '-'}])$`;
}

function long(option: Option): string {
  return option.long ? `--${option.long}` : '';
}
