/** Thrown when compressed data is cut off. */
export class CutDataError extends Error {
  override readonly name = 'CutDataError';
}

/** Thrown when compressed data is damaged from here on. */
export class DamagedDataError extends Error {
  override readonly name = 'DamagedDataError';
}

/** Thrown when a file is compressed with zstd and this Node lacks it. */
export class NoZstdError extends Error {
  override readonly name = 'NoZstdError';
}
