import { DelimitedReport } from './delimited-report.ts';
import { type Delimiting, delimitedLine } from './delimited-text.ts';
import type { FlatRecord } from './document.ts';
import type { MachineFormat } from './machine-format.ts';

/** Lines of values below a line of names, as RFC 4180 describes them; lines end with LF alone. */
export function delimitedFormat(delimiter: string): MachineFormat {
  return {
    mappings: (writer, options) => new DelimitedReport(delimiter, writer, options),
    document: (document, { onTerminal }) => {
      const { names } = document;
      const delimiting = { delimiter, onTerminal };
      if (names.length === 0) return '';
      return delimitedLine(names, delimiting) + linesOf(document.records(), names, delimiting);
    },
    stream: (names, { onTerminal }) => {
      const delimiting = { delimiter, onTerminal };
      return {
        heading: delimitedLine(names, delimiting),
        text: (event) => linesOf(event.rows(), names, delimiting),
      };
    },
  };
}

function linesOf(
  records: readonly FlatRecord[],
  names: readonly string[],
  delimiting: Delimiting,
): string {
  const lines = records.map((record) => names.map((name) => record[name]));
  return lines.map((values) => delimitedLine(values, delimiting)).join('');
}
