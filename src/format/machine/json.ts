import { envelopeMembers, problemMembers } from './envelope.ts';
import { JsonReport } from './json-report.ts';
import { eventLines, jsonDocument } from './json-text.ts';
import type { MachineFormat } from './machine-format.ts';

/** One JSON document; events over time, which have no end, are one object per line instead. */
export const jsonFormat: MachineFormat = {
  mappings: (writer, options) => new JsonReport(writer, options),
  document: (document) =>
    jsonDocument({
      ...envelopeMembers(document.schema, document.origin()),
      ...document.members(),
      problems: document.problems.map(problemMembers),
    }),
  stream: () => eventLines,
};
