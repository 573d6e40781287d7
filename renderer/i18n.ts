import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import checksEn from '../resources/locales/checks.en.json';
import checksZh from '../resources/locales/checks.zh-CN.json';
import en from '../resources/locales/en.json';
import zh from '../resources/locales/zh-CN.json';
import type { Language } from '../shared/problem.ts';

/** Texts of the app in both languages; zh-CN is the default. */
export async function loadTexts(language: Language): Promise<i18n> {
  const texts = createInstance();
  await texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    supportedLngs: ['zh-CN', 'en'],
    resources: { 'zh-CN': { text: zh, check: checksZh }, en: { text: en, check: checksEn } },
    defaultNS: 'text',
    ns: ['text', 'check'],
    interpolation: { escapeValue: false },
  });
  return texts;
}
