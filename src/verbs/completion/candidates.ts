import type { Option, OptionTable } from '../../cli/options/option.ts';

/** What a shell offers in a place: words, or what it finds itself. */
export type Candidates =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'directories' | 'processes' | 'nothing' };

/** What a script has to say of a verb. */
export interface VerbText {
  readonly help: string;
  /** Operands and options as help shows them. */
  readonly synopsis: string;
  readonly options: OptionTable;
}

/** Verbs by name. */
export type VerbTexts = Readonly<Record<string, VerbText>>;

/** Makes a shell's script from the option table and the registry of verbs. */
export type ScriptMaker = (options: readonly Option[], verbs: VerbTexts) => string;

const KINDS: Readonly<Record<string, Exclude<Candidates['kind'], 'words'>>> = {
  FILE: 'files',
  DIR: 'directories',
  PID: 'processes',
};

/** What the value of an option can be; `nothing` where only its user knows. */
export function valueCandidates(option: Option): Candidates {
  if (option.kind !== 'value') return { kind: 'nothing' };
  if (option.choices) return { kind: 'words', words: option.choices };
  return named(option.metavar);
}

/** The options that may stand behind a verb. */
export function verbOptions({ options }: VerbText): readonly Option[] {
  return Object.values(options);
}

/** The operands of a verb, as its synopsis has it: `bash|zsh|fish`, `PID...`. */
export function verbCandidates({ synopsis }: VerbText): Candidates {
  const candidates = synopsis.split(' ').map((part) => named(part.replace(/[[\].]/g, '')));
  return candidates.find(({ kind }) => kind !== 'nothing') ?? { kind: 'nothing' };
}

function named(name: string): Candidates {
  if (/^[a-z0-9-]+(\|[a-z0-9-]+)+$/.test(name)) return { kind: 'words', words: name.split('|') };
  return { kind: KINDS[name] ?? 'nothing' };
}

/** A text as one word of sh, bash or zsh. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
