interface OptionBase {
  /** The letter, without the dash. */
  readonly short?: string;
  /** The word, without the dashes. */
  readonly long?: string;
  /** Options of one group exclude each other. */
  readonly group?: 'report';
  /** What `--help` says. */
  readonly help: string;
  /** Ends the parsing: nothing that follows it on the command line is looked at. */
  readonly isFinal?: true;
  /** Said on stderr each time that the option is given. */
  readonly notice?: string;
}

/** An option without a value: given or not. */
export interface FlagOption extends OptionBase {
  readonly kind: 'flag';
}

/** An option that counts how often it is given (`-XX`). */
export interface CountOption extends OptionBase {
  readonly kind: 'count';
}

/** An option with a value; `parse` throws a UsageError for a wrong one. */
export interface ValueOption<T> extends OptionBase {
  readonly kind: 'value';
  /** How help names the value. */
  readonly metavar: string;
  readonly choices?: readonly string[];
  parse(text: string): T;
}

/** One entry of the option table. */
export type Option = FlagOption | CountOption | ValueOption<unknown>;

/** A table of options, by the name under which the parsed values appear. */
export type OptionTable = Readonly<Record<string, Option>>;

type ValueOf<O> = O extends FlagOption
  ? boolean
  : O extends CountOption
    ? number
    : O extends ValueOption<infer T>
      ? T | undefined
      : never;

/** The parsed values, by the names of the table. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/** The spellings of an option: `-x` and `--extended`, or one of the two. */
export function spellings({ short, long }: Option): string[] {
  return [...(short ? [`-${short}`] : []), ...(long ? [`--${long}`] : [])];
}
