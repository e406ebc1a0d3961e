/** Pieces of zstd data, made by hand: Node 20 cannot make any. Source: RFC 8878, 3.1. */

/** The longest content of a block. */
const MAX_BLOCK_BYTES = 128 * 1024;
const MAGIC = '28b52ffd';

/** A frame with the text as it is, in blocks of at most `blockBytes`. */
export function zstdFrame(text: string, blockBytes = MAX_BLOCK_BYTES): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const isLast = at + blockBytes >= bytes.length;
    blocks.push(blockHeader(block.length, 0, isLast), block);
  }
  return Buffer.concat([frameHeader(), ...blocks]);
}

/** A frame of a few bytes for each 128 KiB of a repeated character. */
export function zstdBomb(character: string, blockCount: number): Buffer {
  const block = (isLast: boolean) =>
    Buffer.concat([blockHeader(MAX_BLOCK_BYTES, 1, isLast), Buffer.from(character)]);
  const others = Array.from({ length: blockCount - 1 }, () => block(false));
  return Buffer.concat([frameHeader(), ...others, block(true)]);
}

/** A frame that decompressors skip. */
export function zstdSkippable(content: string): Buffer {
  const head = Buffer.from('502a4d1800000000', 'hex');
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, Buffer.from(content)]);
}

/** No checksum, no size, and a window of 128 KiB. */
function frameHeader(): Buffer {
  return Buffer.from(`${MAGIC}0038`, 'hex');
}

function blockHeader(bytes: number, type: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((bytes << 3) | (type << 1) | Number(isLast), 0, 3);
  return header;
}
