import type { Running } from '../running.ts';

/** A row of `tsmap watch --json`. */
export type WatchRow = Readonly<Record<string, number | string | undefined>> & {
  readonly movers?: readonly Readonly<Record<string, number | string>>[];
};

/** The rows in the output of a watch that has ended. */
export function watchRows(stdout: string): WatchRow[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as WatchRow);
}

/** Waits for the next row of a watch that runs. */
export async function nextRow(watch: Running): Promise<WatchRow> {
  return JSON.parse(await watch.nextLine()) as WatchRow;
}

/** Waits for the next row for which `isSo` is true. */
export async function nextRowThat(
  watch: Running,
  isSo: (row: WatchRow) => boolean,
): Promise<WatchRow> {
  for (;;) {
    const row = await nextRow(watch);
    if (isSo(row)) return row;
  }
}

/**
 * Waits for the first reading that began after now, and returns it with the readings before it. Rows
 * that the test has not read yet, and one whose reading is under way, may show what was before.
 */
export async function rowsUntilNow(watch: Running): Promise<WatchRow[]> {
  const nowMs = Date.now();
  for (const rows: WatchRow[] = []; ; ) {
    const row = await nextRow(watch);
    rows.push(row);
    if (Date.parse(String(row['taken_at'])) > nowMs) return rows;
  }
}

/** Removes the messages about missed ticks: a busy machine misses some of a short interval. */
export function withoutMissedTicks(stderr: string): string {
  return stderr.replace(/^tsmap: \d+ (tick|moment)s? (was|were) missed: .*\n/gm, '');
}
