import { alignedLine } from '../../format/table/align.ts';
import type { SizeStyle } from '../../format/table/cell-text.ts';
import { visible } from '../../format/visible.ts';
import { type ByteString, fromByteString } from '../../model/byte-string.ts';
import type { TableColumn } from '../../model/table.ts';
import { formatDuration } from '../../model/units/duration.ts';
import type { Ending, Mover, WatchReading } from '../../model/watch/watch-reading.ts';
import { type Figures, perFigure, type Watched } from '../../model/watch/watched.ts';
import { clockText } from './clock-text.ts';
import { changeText, sizeText, slopeText, TITLES, UNITS } from './figure-text.ts';

/** How rows are written. */
export interface PlainOptions {
  readonly sizes: SizeStyle;
  /** The figures that are shown. */
  readonly figures: readonly Watched[];
  /** The grouping of the mappings that are shown too; then a column says what each row is. */
  readonly by: 'kind' | 'mapping' | undefined;
  /** Whether times have milliseconds. */
  readonly hasFraction: boolean;
  /** Whether the output is a terminal. */
  readonly onTerminal: boolean;
}

type PlainColumn = Pick<TableColumn, 'title' | 'kind'>;

const numberColumn = (title: string): PlainColumn => ({ title, kind: 'count' });
const textColumn = (title: string): PlainColumn => ({ title, kind: 'text' });

/** Widths that suit most processes: 9,999,999 KiB, and a change of 99,999 KiB. */
const LEAST_WIDTH = { pid: 7, figure: 7, change: 6 };

/**
 * A watch as rows for people and awk: numbers are aligned to the right, `-` is a value that is not
 * known, the name is last because it may hold blanks. Rows cannot wait for later ones: a column
 * gets wider when a number needs it, and stays wide.
 */
export class PlainRows {
  readonly #options: PlainOptions;
  readonly #columns: readonly PlainColumn[];
  readonly #widths: number[];
  #startMs: number | undefined;

  constructor(options: PlainOptions) {
    this.#options = options;
    const { by, hasFraction, figures } = options;
    this.#columns = [
      ...['Time', 'PID'].map(numberColumn),
      ...(by === undefined ? [] : [textColumn('Row')]),
      ...figures.flatMap((id) => [TITLES[id], 'Change']).map(numberColumn),
      textColumn(by === undefined ? 'Command' : 'Name'),
    ];
    this.#widths = [
      hasFraction ? 12 : 8,
      LEAST_WIDTH.pid,
      ...(by === undefined ? [] : [Math.max('total'.length, by.length)]),
      ...figures.flatMap(() => [LEAST_WIDTH.figure, LEAST_WIDTH.change]),
    ];
  }

  /** The heading. */
  heading(): string {
    return this.#line(this.#columns.map(({ title }) => title));
  }

  /** A line for the process, and one for each mover. */
  rows({ head, takenAtMs, courses, movers = [] }: WatchReading): string[] {
    this.#startMs ??= takenAtMs;
    const time = clockText(takenAtMs, this.#startMs, this.#options.hasFraction);
    const who = [time, String(head.pid)];
    const { by } = this.#options;
    const figures = perFigure((id) => courses[id].last);
    const changes = perFigure((id) => courses[id].change);
    const total = [...who, ...(by === undefined ? [] : ['total'])];
    return [
      this.#line([...total, ...this.#cells(figures, changes), this.#shown(head.comm)]),
      ...movers.map((mover) => this.#line([...who, by ?? '', ...this.#moverCells(mover)])),
    ];
  }

  /**
   * The last line of a process, which begins with `#`: peak, mean, change from the first to the
   * last reading, and slope of each figure.
   */
  ending({ head, isGone, atMs, readings, durationMs, courses }: Ending): string {
    const { sizes, hasFraction, figures: shown } = this.#options;
    const time = clockText(atMs, this.#startMs ?? atMs, hasFraction);
    const figures = shown.map((id) => {
      const { peak, mean, growth, slope } = courses[id];
      const said = `peak ${sizeText(peak, sizes)}, mean ${sizeText(mean, sizes)}`;
      const rate = slope === undefined ? '' : `, per minute ${slopeText(slope, sizes, '+-')}`;
      return `${TITLES[id]} ${said}, change ${changeText(growth, sizes)}${rate}`;
    });
    const what = isGone ? 'ended' : 'still running';
    const count = `${readings} ${readings === 1 ? 'reading' : 'readings'}`;
    const unit = sizes === 'human' ? '' : ` (${UNITS[sizes]})`;
    const who = `${head.pid} ${this.#shown(head.comm)} ${what}`;
    const span = `${count} in ${formatDuration(durationMs)}`;
    return `# ${time} ${who}, ${span}${unit}: ${figures.join('; ')}`;
  }

  #moverCells({ figures, changes, label }: Mover): string[] {
    return [...this.#cells(figures, changes), this.#shown(label)];
  }

  #cells(figures: Figures, changes: Figures): string[] {
    const { sizes, figures: shown } = this.#options;
    return shown.flatMap((id) => [sizeText(figures[id], sizes), changeText(changes[id], sizes)]);
  }

  #shown(name: ByteString): string {
    return fromByteString(visible(name, this.#options.onTerminal)) || '-';
  }

  #line(cells: readonly string[]): string {
    const lengthOf = ({ length }: string) => length;
    for (const [i, cell] of cells.slice(0, -1).entries()) {
      this.#widths[i] = Math.max(this.#widths[i] ?? 0, lengthOf(cell));
    }
    return alignedLine(this.#columns, cells, this.#widths, lengthOf);
  }
}
