import { contextBridge, ipcRenderer } from 'electron';
import type { Channel, Desk, EventName, EventPayload } from '../shared/ipc.ts';
import { tidyAtRest } from './rest.ts';

/** The page is there before the desk behind it: what it asks waits so long. */
const ready: Promise<unknown> = ipcRenderer.invoke('desk:ready');

const call =
  <C extends Channel>(channel: C): Desk[C] =>
  async (input: unknown) => {
    await ready;
    return ipcRenderer.invoke(`desk:${channel}`, input);
  };

const subscribe =
  <E extends EventName>(event: E) =>
  (listener: (payload: EventPayload<E>) => void) => {
    // The event object stays here: it would hand the page more than the payload.
    const heard = (_event: unknown, payload: EventPayload<E>) => listener(payload);
    ipcRenderer.on(`desk:${event}`, heard);
    return () => {
      ipcRenderer.removeListener(`desk:${event}`, heard);
    };
  };

const desk: Desk = {
  info: call('info'),
  settings: call('settings'),
  changeSettings: call('changeSettings'),
  setMenu: call('setMenu'),
  showMenu: call('showMenu'),
  reopen: call('reopen'),
  memory: call('memory'),
  rhythm: call('rhythm'),
  remember: call('remember'),
  saveKeys: call('saveKeys'),
  savePhrases: call('savePhrases'),
  openKeys: call('openKeys'),
  signIn: call('signIn'),
  startAnew: call('startAnew'),
  changePassword: call('changePassword'),
  signOut: call('signOut'),
  session: call('session'),
  startSync: call('startSync'),
  cancelSync: call('cancelSync'),
  status: call('status'),
  queuePage: call('queuePage'),
  queueCounts: call('queueCounts'),
  queueNeighbours: call('queueNeighbours'),
  subject: call('subject'),
  renditions: call('renditions'),
  align: call('align'),
  secondScreen: call('secondScreen'),
  stay: call('stay'),
  leave: call('leave'),
  reviewers: call('reviewers'),
  takeOver: call('takeOver'),
  decide: call('decide'),
  setAside: call('setAside'),
  undo: call('undo'),
  redo: call('redo'),
  decisions: call('decisions'),
  reasonUses: call('reasonUses'),
  parked: call('parked'),
  conflict: call('conflict'),
  history: call('history'),
  auditPage: call('auditPage'),
  auditCounts: call('auditCounts'),
  auditPeople: call('auditPeople'),
  submissionHistory: call('submissionHistory'),
  resolve: call('resolve'),
  proofs: call('proofs'),
  startProofs: call('startProofs'),
  cancelProofs: call('cancelProofs'),
  noteBreak: call('noteBreak'),
  saveReport: call('saveReport'),
  spotChecks: call('spotChecks'),
  drawSpotCheck: call('drawSpotCheck'),
  spotCheck: call('spotCheck'),
  spotSubject: call('spotSubject'),
  judgeSpot: call('judgeSpot'),
  overview: call('overview'),
  decisionsToExport: call('decisionsToExport'),
  beginExport: call('beginExport'),
  writeExport: call('writeExport'),
  printExport: call('printExport'),
  onChanged: subscribe('changed'),
  onStatus: subscribe('status'),
  onCommand: subscribe('command'),
};

contextBridge.exposeInMainWorld('desk', desk);
tidyAtRest();
