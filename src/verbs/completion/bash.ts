import { type Option, spellings } from '../../cli/options/option.ts';
import {
  type Candidates,
  type ScriptMaker,
  type VerbDescription,
  valueCandidates,
  verbCandidates,
  verbOptions,
} from './candidates.ts';

/** A part of the command line with options of its own: after the program itself, or after a verb. */
interface Place {
  /** Prefix of the names of its functions. */
  readonly prefix: string;
  /** The number of its first word. */
  readonly first: number;
  readonly options: readonly Option[];
  /** The command that offers operands. */
  readonly operands: string;
}

/**
 * The script for bash, which cannot show descriptions: whatever is offered may be inserted, except when
 * bash only lists several candidates. So only in that case are process ids followed by names.
 */
export const bashScript: ScriptMaker = (options, verbs) => {
  const names = Object.keys(verbs).join(' ');
  const operands = `if ((COMP_CWORD == 1)); then _tsmap_words ${names}; fi
    _tsmap_processes`;
  const places = [
    { prefix: '_tsmap', first: 1, options, operands },
    ...Object.entries(verbs).map(([name, verb]) => placeAfter(name, verb)),
  ];
  return `# Completion of tsmap for bash, printed by 'tsmap completion bash'.

# Offers the words that begin with what was typed.
_tsmap_words() {
  local word
  for word; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$prefix$word"); fi
  done
}

# Offers process ids. A process can choose its name, so everything but printable ASCII is shown as ?.
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
  # With types ?, ! and @ bash lists candidates; with all others it may insert one.
  if [[ \${COMP_TYPE-} =~ ^(63|33|64)$ ]] && ((\${#pids[@]} > 1)); then pids=("\${named[@]}"); fi
  COMPREPLY+=("\${pids[@]}")
}

# Looks through the words from number $1 on: sets option if its value comes next, ended after --.
# $2 matches short options with a value, $3 long ones.
_tsmap_look() {
  local word i
  for ((i = $1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # To bash, --color=auto is three words.
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
# Completes what follows the verb $1; fails if $1 is not a verb.
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

/** The place after a verb. */
function placeAfter(name: string, verb: VerbDescription): Place {
  const operands = operandsCommand(verbCandidates(verb));
  return { prefix: `_tsmap_${name}`, first: 2, options: verbOptions(verb), operands };
}

function verbLine([name]: [string, VerbDescription]): string {
  return `    ${name}) _tsmap_${name}_arguments ;;\n`;
}

function placeFunctions({ prefix, first, options, operands }: Place): string {
  const withValue = options.filter(({ kind }) => kind === 'value');
  const longs = withValue.map(long).filter(Boolean).join('|');
  return `# Offers values of the option $1.
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

/** The command that offers operands of a verb. A verb whose operands are words takes only one. */
function operandsCommand(candidates: Candidates): string {
  const condition = candidates.kind === 'words' ? '((COMP_CWORD > 2)) || ' : '';
  return condition + command(candidates);
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

/** A pattern for short options whose last letter takes its value from the next word: `-C`, `-qC`. */
function shortPattern(options: readonly Option[]): string {
  const letters = (takesValue: boolean) =>
    options
      .filter(({ kind }) => (kind === 'value') === takesValue)
      .map(({ short = '' }) => short)
      .join('');
  const [before, last] = [letters(false), letters(true)];
  // A set of characters must not be empty; no option has a dash for its letter.
  return `^-${before && `[${before}]*`}([${last || '-'}])$`;
}

function long(option: Option): string {
  return option.long ? `--${option.long}` : '';
}
