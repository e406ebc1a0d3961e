interface OptionBase {
  /** The short form, one letter, without the dash. */
  readonly short?: string;
  /** The long form, without the dashes. */
  readonly long?: string;
  /** At most one option of a group may be given. */
  readonly group?: 'report';
  /** The description in `--help`. */
  readonly help: string;
  /** Ends the parsing: the rest of the command line is ignored. */
  readonly isFinal?: true;
  /** A message for stderr, printed each time the option is given. */
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
  /** Name of the value in help: `FILE`, `SIZE`. */
  readonly metavar: string;
  /** The allowed values, if there is a fixed list. */
  readonly choices?: readonly string[];
  /** A message for stderr about this value, which is right but unclear; undefined if there is none. */
  noticeFor?(text: string): string | undefined;
  /** How one value says what two would, for the message when the option is given twice. */
  readonly insteadOfTwo?: string;
  parse(text: string): T;
}

/** An option with a value that can be given several times; its values are kept in their order. */
export interface ListOption<T> extends ValueOption<T> {
  readonly isList: true;
}

/** One entry of an option table. */
export type Option = FlagOption | CountOption | ValueOption<unknown> | ListOption<unknown>;

/** Options by the name of their parsed value in OptionValues. */
export type OptionTable = Readonly<Record<string, Option>>;

type ValueOf<O> = O extends FlagOption
  ? boolean
  : O extends CountOption
    ? number
    : O extends ListOption<infer T>
      ? readonly T[] | undefined
      : O extends ValueOption<infer T>
        ? T | undefined
        : never;

/** The parsed values, under the names of the table. */
export type OptionValues<T extends OptionTable> = { readonly [K in keyof T]: ValueOf<T[K]> };

/** The spellings of an option: `-x`, `--extended`, or both. */
export function spellings({ short, long }: Option): string[] {
  return [...(short ? [`-${short}`] : []), ...(long ? [`--${long}`] : [])];
}
