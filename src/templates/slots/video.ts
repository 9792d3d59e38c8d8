/** A film: what `LoadVideo` and its kind read. It goes up as it is, and the backend decodes it. */
import { isMatroska, isMp4, isQuickTime, isWebm } from './begins.ts';
import { mediaType } from './file.ts';

export const video = mediaType('video', 'A video that people attach.', [
  { name: 'MP4', endings: ['mp4'], type: 'video/mp4', is: isMp4 },
  { name: 'MOV', endings: ['mov'], type: 'video/quicktime', is: isQuickTime },
  { name: 'WebM', endings: ['webm'], type: 'video/webm', is: isWebm },
  { name: 'MKV', endings: ['mkv'], type: 'video/x-matroska', is: isMatroska },
]);
