/** A recording: what `LoadAudio` and its kind read. It goes up as it is, and the backend decodes it. */
import { begins, isMp3, isMp4Sound, isWebm } from './begins.ts';
import { mediaType } from './file.ts';

export const audio = mediaType('audio', 'A recording that people attach.', [
  { name: 'WAV', endings: ['wav'], type: 'audio/wav', is: begins('RIFF....WAVE') },
  { name: 'MP3', endings: ['mp3'], type: 'audio/mpeg', is: isMp3 },
  { name: 'FLAC', endings: ['flac'], type: 'audio/flac', is: begins('fLaC') },
  { name: 'Ogg', endings: ['ogg'], type: 'audio/ogg', is: begins('OggS') },
  // these hold films too, of which the backend takes the sound
  { name: 'M4A', endings: ['m4a'], type: 'audio/mp4', is: isMp4Sound },
  { name: 'WebM', endings: ['webm'], type: 'audio/webm', is: isWebm },
]);
