import { DelimitedReport } from './delimited-report.ts';
import { delimitedLine } from './delimited-text.ts';
import type { FlatRecord } from './document.ts';
import type { MachineFormat } from './machine-format.ts';

/** Lines of values below a line of names, as RFC 4180 describes them; lines end with LF alone. */
export function delimitedFormat(delimiter: string): MachineFormat {
  return {
    mappings: (writer, options) => new DelimitedReport(delimiter, writer, options),
    document: ({ names, records }, { onTerminal }) => {
      const delimiting = { delimiter, onTerminal };
      if (names.length === 0) return '';
      const lines = records().map((record) => valuesOf(record, names));
      return [names, ...lines].map((values) => delimitedLine(values, delimiting)).join('');
    },
    stream: (names, { onTerminal }) => {
      const delimiting = { delimiter, onTerminal };
      return {
        heading: delimitedLine(names, delimiting),
        text: (event) => {
          const lines = event.rows().map((row) => valuesOf(row, names));
          return lines.map((values) => delimitedLine(values, delimiting)).join('');
        },
      };
    },
  };
}

function valuesOf(record: FlatRecord, names: readonly string[]) {
  return names.map((name) => record[name]);
}
