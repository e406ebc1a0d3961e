import { EXIT } from '../../cli/exit-status.ts';
import type { Option, OptionTable } from '../../cli/options/option.ts';
import { HELP } from '../../cli/options/shared-options.ts';
import { print } from '../../cli/output/stdout.ts';
import type { VerbArguments, VerbModule, Verbs } from '../../cli/verb.ts';
import { UsageError } from '../../model/errors/usage-error.ts';
import { bashScript } from './bash.ts';
import type { ScriptMaker, VerbDescriptions } from './candidates.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

/** The shells for which there is a completion script, and what makes it. */
const SCRIPTS: Readonly<Record<string, ScriptMaker>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

const COMPLETION_OPTIONS = { help: HELP } satisfies OptionTable;

/** `tsmap completion`: prints the completion script for a shell. */
export const verb: VerbModule<typeof COMPLETION_OPTIONS> = { options: COMPLETION_OPTIONS, run };

/** @throws UsageError unless there is a single operand, the name of a shell. */
async function run({ operands, registry }: VerbArguments): Promise<number> {
  const [shell = '', ...rest] = operands;
  const makeScript = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (makeScript === undefined || rest.length > 0) {
    throw new UsageError(`completion: expected one of ${Object.keys(SCRIPTS).join(', ')}`);
  }
  const options = Object.values<Option>(registry.map.options);
  print(makeScript(options, await describeVerbs(registry.verbs)));
  return EXIT.ok;
}

async function describeVerbs(verbs: Verbs): Promise<VerbDescriptions> {
  const described = Object.entries(verbs).map(async ([name, { help, synopsis, load }]) => {
    const { options } = await load();
    return [name, { help, synopsis, options }] as const;
  });
  return Object.fromEntries(await Promise.all(described));
}
