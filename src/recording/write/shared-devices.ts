import { deviceText } from '../json-text.ts';

/** Collects the devices of a sample's mappings that hold shared memory. */
export class SharedDevices {
  readonly #isShared: (major: number, minor: number) => boolean;
  readonly #asked = new Set<string>();
  readonly #shared: string[] = [];
  #lastMajor = -1;
  #lastMinor = -1;

  constructor(isShared: (major: number, minor: number) => boolean) {
    this.#isShared = isShared;
  }

  /** A mapping of this device is there. */
  meet(major: number, minor: number): void {
    // Mappings of a file stand together.
    if (major === this.#lastMajor && minor === this.#lastMinor) return;
    this.#lastMajor = major;
    this.#lastMinor = minor;
    const device = deviceText(major, minor);
    if (this.#asked.has(device)) return;
    this.#asked.add(device);
    if (this.#isShared(major, minor)) this.#shared.push(device);
  }

  /** Those that were met so far, as in format.ts. */
  list(): readonly string[] {
    return this.#shared;
  }
}
