import type { RecordsDocument } from '../../format/machine/document.ts';
import { FORMATS, type MachineFormatName } from '../../format/machine/formats.ts';
import { isStdoutTerminal, print } from './stdout.ts';

/** Writes a document to stdout in a format for programs. @throws WriteError. */
export async function printDocument(
  name: MachineFormatName,
  document: RecordsDocument,
): Promise<void> {
  const format = await FORMATS[name].load();
  print(format.document(document, { onTerminal: await isStdoutTerminal() }));
}
