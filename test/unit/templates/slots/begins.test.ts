import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLOT_TYPES } from '../../../../src/templates/slots/index.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const box = (brand: string) => latin(`\0\0\0\x18ftyp${brand}\0\0\0\0isommp42`);
const ebml = (docType: string) =>
  latin(`\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84${docType}\x42\x87\x81\x04`);

/** Beginnings, and how each type that takes files calls them; absent: it is not taken. */
const FILES: [what: string, head: Uint8Array, is: { image?: string; video?: string; audio?: string }][] = [
  ['an MP4', box('isom'), { video: 'MP4', audio: 'M4A' }],
  ['an MP4 of a telephone', box('mp42'), { video: 'MP4', audio: 'M4A' }],
  ['an M4V', box('M4V '), { video: 'MP4', audio: 'M4A' }],
  ['an M4A', box('M4A '), { audio: 'M4A' }],
  ['an audio book', box('M4B '), { audio: 'M4A' }],
  ['a MOV', box('qt  '), { video: 'MOV', audio: 'M4A' }],
  ['an old MOV', latin('\0\0\x10\0moov\0\0\0\x6cmvhd'), { video: 'MOV' }],
  ['a WebM', ebml('webm'), { video: 'WebM', audio: 'WebM' }],
  ['an MKV', ebml('matroska'), { video: 'MKV' }],
  ['another EBML file', ebml('other'), {}],
  ['a HEIC photo', box('heic'), { image: 'HEIC' }],
  ['a HEIC of another brand', box('mif1'), { image: 'HEIC' }],
  ['an AVIF', box('avif'), { image: 'AVIF' }],
  ['a TIFF', latin('II*\0'), { image: 'TIFF' }],
  ['a TIFF that counts from the other end', latin('MM\0*'), { image: 'TIFF' }],
  ['a PNG', latin('\x89PNG\r\n\x1a\n'), { image: 'PNG' }],
  ['a JPEG', latin('\xff\xd8\xff\xe0\0\x10JFIF'), { image: 'JPEG' }],
  ['a WebP', latin('RIFF\0\0\0\0WEBPVP8 '), { image: 'WebP' }],
  ['a GIF', latin('GIF89a'), { image: 'GIF' }],
  ['a WAV', latin('RIFF\0\0\0\0WAVEfmt '), { audio: 'WAV' }],
  ['an AVI', latin('RIFF\0\0\0\0AVI LIST'), {}],
  ['a FLAC', latin('fLaC\0\0\0\x22'), { audio: 'FLAC' }],
  ['an Ogg', latin('OggS\0\x02'), { audio: 'Ogg' }],
  ['an MP3 with tags', latin('ID3\x04\0\0'), { audio: 'MP3' }],
  ['an MP3 without', latin('\xff\xfb\x90\x64'), { audio: 'MP3' }],
  ['an MP3 of MPEG 2', latin('\xff\xf3\x84\xc4'), { audio: 'MP3' }],
  ['raw AAC', latin('\xff\xf1\x50\x80'), {}],
  ['MPEG audio, layer II', latin('\xff\xfd\x90\x64'), {}],
  ['a frame of no bitrate', latin('\xff\xfb\xf0\x64'), {}],
  ['UTF-16', latin('\xff\xfea\0b\0'), {}],
  ['text', latin('RIFF is a word, and so is WAVE'), {}],
  ['HTML', latin('<!doctype html>'), {}],
  ['nothing', new Uint8Array(), {}],
];
const TYPES = ['image', 'video', 'audio'] as const;

describe('what a file is', () => {
  it.each(FILES)('is told by how it begins: %s', (_what, head, is) => {
    for (const type of TYPES) {
      const found = SLOT_TYPES[type].file.formats.filter((format) => format.is(head));
      expect(
        found.map(({ name }) => name),
        type,
      ).toEqual(is[type] === undefined ? [] : [is[type]]);
    }
  });

  it('is told of a file that was cut off anywhere, or of any bytes, without a fall', () => {
    const tests = TYPES.flatMap((type) => SLOT_TYPES[type].file.formats.map((format) => format.is));
    for (const [, head] of FILES)
      for (let length = 0; length <= head.length; length += 1)
        for (const is of tests) expect(typeof is(head.subarray(0, length))).toBe('boolean');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(tests.filter((is) => is(bytes)).length).toBeLessThanOrEqual(3);
      }),
      { seed: 20261127, numRuns: 500 },
    );
  });
});
