import { fileErrorFrom } from '../model/errors/errno.ts';
import { fileError, inputName } from '../model/errors/file-error.ts';
import type { FieldSlots } from '../model/fields.ts';
import { type MappingReader, needsSmaps, type WantedFields } from '../proc/maps/mapping-reader.ts';
import { openSaved, placeholderHead } from '../proc/saved/saved-map.ts';
import type { MapSource } from './map-source.ts';

/** A saved maps or smaps, `-` for standard input. `slots` gives fields their slots. */
export function savedSource(file: string, slots: FieldSlots): MapSource {
  const name = inputName(file);
  return {
    subject: { pid: 0, subject: name },
    canReadAgain: false,
    isNamed: true,
    head: () => placeholderHead(file),
    open: (wanted) => openFile(file, wanted, slots),
    path: () => name,
    problem: (error) => fileErrorFrom(error, file),
    // A saved map does not list mounts, so every mapping with the name of a segment counts as one.
    isSharedMemoryDevice: (major) => major === 0,
  };
}

function openFile(file: string, wanted: WantedFields, slots: FieldSlots): MappingReader {
  const { reader, kind } = openSaved(file, wanted, slots);
  if (kind === 'smaps' || !needsSmaps(wanted)) return wholeRecords(reader);
  reader.close();
  const message = 'is a maps file, which does not say what is in RAM: this report needs smaps';
  throw fileError(file, message, 'missing-file');
}

/** Leaves out a last record that is cut off: its fields would be incomplete. */
function wholeRecords(reader: MappingReader): MappingReader {
  return {
    vocabulary: reader.vocabulary,
    notes: reader.notes,
    next: () => {
      const mapping = reader.next();
      return reader.notes.wasCut ? undefined : mapping;
    },
    close: () => reader.close(),
  };
}
