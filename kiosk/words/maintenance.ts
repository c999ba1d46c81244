/** The dictionaries of a kiosk's maintenance page by language: fetched with it, for visitors' pages do without them. */
import type { Lang } from '../../shared/words.ts';
import { maintenanceEn } from './maintenance.en.ts';
import { maintenanceZhCN } from './maintenance.zh-CN.ts';
import { maintenanceZhHK } from './maintenance.zh-HK.ts';

export type MaintenanceWords = typeof maintenanceZhHK;

const WORDS: { [L in Lang]: MaintenanceWords } = { 'zh-HK': maintenanceZhHK, 'zh-CN': maintenanceZhCN, en: maintenanceEn };

/** The maintenance page's words in `lang`. */
export const maintenanceWords = (lang: Lang): MaintenanceWords => WORDS[lang];
