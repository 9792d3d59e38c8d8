/** What people read on Slack only. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

export const slack = ({ say, list }: Speaker) => ({
  about: () => say('slack.about'),
  easel: () => say('slack.easel'),
  easelHint: () => say('slack.easelHint'),
  useImage: () => say('slack.useImage'),
  useImageHint: () => say('slack.useImageHint'),
  template: () => say('slack.template'),
  noImage: () => say('slack.noImage', { formats: list(TAKEN_PICTURES, 'or') }),
  noImageTemplates: () => say('slack.noImageTemplates'),
  notUploaded: (name: string, reason: string) =>
    say('slack.notUploaded', { name: clip(name), reason: clip(reason) }),
  threadFiles: (files: number) => say('slack.threadFiles', { files }),
  oneMoment: () => say('slack.oneMoment'),
  renewed: () => say('slack.renewed'),
  closeForm: () => say('slack.closeForm'),
  openForm: () => say('slack.openForm'),
  search: () => say('slack.search'),
  more: (hidden: number) => say('slack.more', { hidden }),
  sentDirectly: () => say('slack.sentDirectly'),
});
