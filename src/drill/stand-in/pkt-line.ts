const HEADER = 4;
/** Payload of one packet, less the side-band byte. */
const SIDE_BAND_CHUNK = 65_515;

export const flushPacket = Buffer.from("0000");

export function packet(data: string | Buffer): Buffer {
  const payload = Buffer.from(data as string);
  return Buffer.concat([Buffer.from((payload.length + HEADER).toString(16).padStart(HEADER, "0")), payload]);
}

/** Data on a side band: 1 is the answer, 2 is shown to the person as `remote: ...`. */
export function sideBand(band: 1 | 2, data: Buffer): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0; at < data.length; at += SIDE_BAND_CHUNK) {
    packets.push(packet(Buffer.concat([Buffer.from([band]), data.subarray(at, at + SIDE_BAND_CHUNK)])));
  }
  return Buffer.concat(packets);
}

/** Packets up to the first flush, and what follows it. */
export function readPackets(body: Buffer): { readonly packets: readonly Buffer[]; readonly rest: Buffer } {
  const packets: Buffer[] = [];
  let at = 0;
  while (at + HEADER <= body.length) {
    const length = Number.parseInt(body.subarray(at, at + HEADER).toString(), 16);
    if (Number.isNaN(length)) break;
    if (length < HEADER) return { packets, rest: body.subarray(at + HEADER) };
    packets.push(body.subarray(at + HEADER, at + length));
    at += length;
  }
  return { packets, rest: body.subarray(at) };
}
