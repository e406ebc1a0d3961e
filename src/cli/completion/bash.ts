import { type Option, spellings } from '../option.ts';
import {
  type Candidates,
  type ScriptMaker,
  valueCandidates,
  verbCandidates,
} from './candidates.ts';

/**
 * The script for bash. It has no descriptions to show: process ids have their names behind them in
 * the list of several, and only there, because a list is all that bash never inserts.
 */
export const bashScript: ScriptMaker = (options, verbs) => {
  const withValue = options.filter(({ kind }) => kind === 'value');
  const withoutValue = options.filter(({ kind }) => kind !== 'value');
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

# Offers what the value of option $1 can be.
_tsmap_value() {
  case $1 in
${withValue.map((option) => caseLine(spellings(option), valueCandidates(option))).join('')}  esac
}

# Whether $1 is a verb; what follows it is offered.
_tsmap_verb() {
  case $1 in
${Object.entries(verbs)
  .map(([name, verb]) => caseLine([name], verbCandidates(verb), 'once'))
  .join('')}    *) return 1 ;;
  esac
}

_tsmap() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prefix= option= ended= word i
  COMPREPLY=()
  if ((COMP_CWORD > 1)) && _tsmap_verb "\${COMP_WORDS[1]}"; then return; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # bash takes --color=auto for three words.
    if [[ $word == '=' || -n $ended ]]; then continue; fi
    if [[ -n $option ]]; then
      option=
    elif [[ $word == -- ]]; then
      ended=1
    elif [[ $word =~ ${shortPattern(withoutValue, withValue)} ]]; then
      option=-\${BASH_REMATCH[1]}
    elif [[ $word =~ ^(${withValue.map(long).filter(Boolean).join('|')})$ ]]; then
      option=$word
    fi
  done
  if [[ $cur == '=' ]]; then cur=; fi
  if [[ -z $option && -z $ended && $cur == --*=* ]]; then
    option=\${cur%%=*} prefix=\${cur%%=*}= cur=\${cur#*=}
  fi
  if [[ -n $option ]]; then
    _tsmap_value "$option"
  elif [[ -z $ended && $cur == -* ]]; then
    _tsmap_words ${options.flatMap(spellings).join(' ')}
  else
    if ((COMP_CWORD == 1)); then _tsmap_words ${Object.keys(verbs).join(' ')}; fi
    _tsmap_processes
  fi
}

complete -F _tsmap tsmap
`;
};

/** `once`: of words, one is all that fits. */
function caseLine(names: readonly string[], candidates: Candidates, once?: 'once'): string {
  const isOver = once && candidates.kind === 'words' ? '((COMP_CWORD > 2)) || ' : '';
  return `    ${names.join(' | ')}) ${isOver}${command(candidates)} ;;\n`;
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
function shortPattern(withoutValue: readonly Option[], withValue: readonly Option[]): string {
  const letters = (options: readonly Option[]) => options.map(({ short = '' }) => short).join('');
  return `^-[${letters(withoutValue)}]*([${letters(withValue)}])$`;
}

function long(option: Option): string {
  return option.long ? `--${option.long}` : '';
}
