import { Command, Option as CommanderOption } from 'commander';
import { type Option, type OptionTable, spellings } from './options/option.ts';
import type { Registry, Verb, Verbs } from './verb.ts';

const EXAMPLES: readonly (readonly [args: string, meaning: string])[] = [
  ['1234', 'the mappings, with their sizes'],
  ['-x 1234', 'also resident and dirty memory'],
  ['-x 1234 | sort -k3 -n | tail', 'the largest mappings'],
  ['-XX 1234', 'every field of the kernel'],
];

/** Columns of the text; every terminal has at least that many. */
const WIDTH = 80;

/** The text below the options: how to name processes, verbs, examples, exit statuses. */
function epilogue(name: string, registered: Verbs): string {
  const verbs = Object.entries(registered).map(
    ([verb, { synopsis, help }]) => [`${verb} ${synopsis}`, help] as const,
  );
  return [
    '\nProcesses are named by number (decimal, 0x1f or 017) or as /proc/PID.\n',
    ...(name === 'tsmap' ? [section('Verbs', name, verbs)] : []),
    section('Examples', name, EXAMPLES),
    ...(name === 'tsmap' ? [`${name} VERB --help shows the options of a verb.\n`] : []),
    'Exit status: 0 success, 1 usage error or unreadable process, 42 no such process;',
    'the statuses of several processes are combined by bitwise OR.',
    ...(name === 'tsmap' ? ['Verbs that check limits exit with 3 when one is exceeded.'] : []),
  ].join('\n');
}

function section(
  title: string,
  name: string,
  lines: readonly (readonly [string, string])[],
): string {
  const rows = lines.map(([left, right]) => `  ${`${name} ${left}`.padEnd(37)}${right}\n`);
  return `${title}:\n${rows.join('')}`;
}

/** The text of `tsmap --help` or `pmap --help`, laid out by commander from the map's options. */
export function mapHelp(name: string, { map, verbs }: Registry): string {
  const command = commandOf(name, map.options)
    .usage('[options] PID [PID ...]')
    .description("Shows where a Linux process's memory goes.")
    .addHelpText('after', epilogue(name, verbs));
  return textOf(command);
}

/** The text of `tsmap VERB --help`, laid out from the verb's options. */
export function verbHelp(word: string, { synopsis, help }: Verb, options: OptionTable): string {
  return textOf(commandOf(`tsmap ${word}`, options).usage(synopsis).description(sentence(help)));
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function commandOf(name: string, options: OptionTable): Command {
  const command = new Command(name)
    .helpOption(false)
    // Values are written `--range LOW`, as in the manual page, not `--range <LOW>`.
    .configureHelp({ optionTerm: ({ flags }) => flags.replace(/<(.*)>$/, '$1') })
    .configureOutput({ getOutHelpWidth: () => WIDTH, getOutHasColors: () => false });
  for (const option of Object.values(options)) command.addOption(toCommander(option));
  return command;
}

function textOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
  });
  command.outputHelp();
  return text;
}

function toCommander(option: Option): CommanderOption {
  const names = spellings(option).join(', ');
  const flags = option.kind === 'value' ? `${names} <${option.metavar}>` : names;
  const made = new CommanderOption(flags, option.help);
  return option.kind === 'value' && option.choices ? made.choices(option.choices) : made;
}
