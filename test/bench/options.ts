import { parseArgs } from 'node:util';

/** The options of the bench. */
export interface Options {
  readonly json: boolean;
  readonly quick: boolean;
  /** Measures only the contestants whose `SIZE mappings: LABEL` matches. */
  readonly only: RegExp;
  /** Whether `--only` was given. */
  readonly part: boolean;
  /** Other Node executables for start-up rows. */
  readonly nodes: readonly string[];
}

/** The text of `--help`. */
export const USAGE = `Usage: npm run bench -- [options]

Measures tsmap beside its peers and prints the tables as Markdown; takes a quarter of an hour.

  --json        prints all figures as JSON (npm run --silent bench -- --json)
  --quick       few rounds: to see that it works, not to compare
  --only REGEX  only contestants whose "SIZE mappings: NAME" matches, e.g. '64,000.*-x'
  --node NODE   start-up of this Node as well, by version (22) or path; may be repeated
`;

/**
 * Parses the command line; returns undefined if it asks for help.
 *
 * @throws TypeError or SyntaxError for unknown options and mistaken values.
 */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      node: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) return undefined;
  const { json, quick, node: nodes } = values;
  return { json, quick, only: new RegExp(values.only), part: values.only !== '', nodes };
}
