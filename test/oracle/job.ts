import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Comparison, OracleInput, Printed } from '../support/pmap.ts';

/** Writes the job of oracle.sh: which files are mounted over which processes, and the options. */
export function writeJob(
  job: string,
  inputs: readonly OracleInput[],
  pids: readonly number[],
  optionSets: readonly (readonly string[])[],
): void {
  const mounts = inputs.flatMap(({ files = {} }, index) => {
    const pid = pids[index] ?? 0;
    const directory = join(job, `in.${index}`);
    mkdirSync(directory);
    return Object.entries(files).map(([file, content]) => {
      const path = join(directory, file);
      writeFileSync(path, withPid(file, content, pid));
      return `mount -n --bind '${path}' /proc/${pid}/${file} || exit 1\n`;
    });
  });
  writeFileSync(join(job, 'mounts'), mounts.join(''));
  writeFileSync(join(job, 'pids'), pids.map((pid) => `${pid}\n`).join(''));
  optionSets.forEach((options, index) => {
    writeFileSync(join(job, `options.${index}`), options.map((option) => `${option}\n`).join(''));
  });
}

function withPid(file: string, content: Buffer, pid: number): Buffer {
  const text = content.toString('latin1');
  if (file === 'stat') return Buffer.from(text.replace(/^\d+/, String(pid)), 'latin1');
  if (file !== 'status') return content;
  return Buffer.from(text.replace(/^(Tgid|Pid):\s*\d+$/gm, `$1:\t${pid}`), 'latin1');
}

/**
 * Reads the output of both programs with one set of options; `path` is the beginning of the file
 * names.
 */
export function readComparisons(
  path: string,
  inputs: readonly OracleInput[],
  options: readonly string[],
  separately: boolean,
): Comparison[] {
  const pmap = splitAtMarks(readFileSync(`${path}.pmap`));
  const own = readFileSync(`${path}.tsmap`);
  const tsmap = separately ? splitAtMarks(own) : splitAtTitles(own);
  if (pmap.length !== inputs.length || tsmap.length !== inputs.length) {
    const counts = `${inputs.length} inputs, ${pmap.length} from pmap, ${tsmap.length} from tsmap`;
    const said = readFileSync(`${path}.tsmap.err`, 'utf8').slice(0, 2000);
    throw new Error(`${options.join(' ')}: ${counts}\n${said}`);
  }
  return inputs.map(({ name }, index) => ({
    input: name,
    options,
    pmap: pmap[index] as Printed,
    tsmap: tsmap[index] as Printed,
  }));
}

/** oracle.sh ends the output of each run with a form feed and the exit status. */
function splitAtMarks(output: Buffer): Printed[] {
  const parts = output.toString('latin1').split(/\f(\d+)\n/);
  return Array.from({ length: (parts.length - 1) / 2 }, (_, i) => ({
    stdout: Buffer.from(parts[2 * i] ?? '', 'latin1'),
    status: Number(parts[2 * i + 1]),
  }));
}

/** One run printed all inputs: each report begins with `PID:   `, the status is that of all. */
function splitAtTitles(output: Buffer): Printed[] {
  const [all] = splitAtMarks(output);
  const reports = all?.stdout.toString('latin1').split(/^(?=\d+: {3})/m) ?? [];
  return reports.map((report) => ({
    stdout: Buffer.from(report, 'latin1'),
    status: all?.status ?? -1,
  }));
}
