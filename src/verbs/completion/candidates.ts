import type { Option, OptionTable } from '../../cli/options/option.ts';

/** What a shell offers at some place: fixed words, or things that the shell finds itself. */
export type Candidates =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'directories' | 'processes' | 'nothing' };

/** A verb as a completion script describes it. */
export interface VerbDescription {
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  readonly options: OptionTable;
}

/** Verbs by name. */
export type VerbDescriptions = Readonly<Record<string, VerbDescription>>;

/** Makes the script for a shell from the options of the map and the verbs. */
export type ScriptMaker = (options: readonly Option[], verbs: VerbDescriptions) => string;

/** Candidates by the name of a value or operand in help. */
const KINDS: Readonly<Record<string, Exclude<Candidates['kind'], 'words'>>> = {
  FILE: 'files',
  DIR: 'directories',
  PID: 'processes',
};

/** The candidates for the value of an option; `nothing` if only the user can know it. */
export function valueCandidates(option: Option): Candidates {
  if (option.kind !== 'value') return { kind: 'nothing' };
  if (option.choices) return { kind: 'words', words: option.choices };
  return candidatesFor(option.metavar);
}

/** The options of a verb. */
export function verbOptions({ options }: VerbDescription): readonly Option[] {
  return Object.values(options);
}

/** The candidates for the operands of a verb, from its synopsis: `bash|zsh|fish`, `PID...`. */
export function verbCandidates({ synopsis }: VerbDescription): Candidates {
  const candidates = synopsis.split(' ').map((part) => candidatesFor(part.replace(/[[\].]/g, '')));
  return candidates.find(({ kind }) => kind !== 'nothing') ?? { kind: 'nothing' };
}

function candidatesFor(name: string): Candidates {
  if (/^[a-z0-9-]+(\|[a-z0-9-]+)+$/.test(name)) return { kind: 'words', words: name.split('|') };
  return { kind: KINDS[name] ?? 'nothing' };
}

/** Quotes a text as one word for sh, bash and zsh. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
