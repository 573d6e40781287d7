import { type ThemeConfig, theme } from 'antd';

/** The controls' theme, with the colours and sizes of styles/tokens.css. */
export function controlTheme(dark: boolean): ThemeConfig {
  // What is filled in or ticked is told by its border: 3 : 1 to its ground (WCAG 2.2, 1.4.11).
  const field = { colorBorder: dark ? '#737c88' : '#8a929c' };
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: dark ? '#2f74c8' : '#1a5fb4',
      colorError: dark ? '#ff8a80' : '#b3261e',
      colorWarning: dark ? '#efb155' : '#96580a',
      colorSuccess: dark ? '#5fce8b' : '#1a7f45',
      colorBgContainer: dark ? '#1f2226' : '#ffffff',
      colorBgElevated: dark ? '#24282d' : '#ffffff',
      colorBorder: dark ? '#4b525b' : '#c3c8cf',
      colorText: dark ? '#e8eaed' : '#1d2127',
      colorTextPlaceholder: dark ? '#949ca7' : '#5d6671',
      fontFamily: 'var(--font)',
      fontSize: 13,
      fontSizeSM: 12,
      fontSizeLG: 14,
      colorWarningBg: dark ? '#3a2a10' : '#fcf1dd',
      colorErrorBg: dark ? '#431c1a' : '#fdeceb',
      controlHeightSM: 22,
      controlHeightLG: 36,
      borderRadius: 4,
      controlHeight: 30,
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', contentFontSize: 13 },
      Modal: { titleFontSize: 16 },
      Tabs: {
        itemSelectedColor: dark ? '#6cb0ff' : '#1a5fb4',
        itemHoverColor: dark ? '#6cb0ff' : '#1a5fb4',
        itemActiveColor: dark ? '#6cb0ff' : '#1a5fb4',
        inkBarColor: dark ? '#6cb0ff' : '#1a5fb4',
      },
      Input: field,
      InputNumber: field,
      Select: field,
      DatePicker: field,
      Checkbox: field,
      Radio: field,
      Slider: {
        railBg: dark ? '#4b525b' : '#c3c8cf',
        railHoverBg: dark ? '#4b525b' : '#c3c8cf',
        trackBg: dark ? '#6cb0ff' : '#1a5fb4',
        trackHoverBg: dark ? '#6cb0ff' : '#1a5fb4',
        handleColor: dark ? '#6cb0ff' : '#1a5fb4',
      },
      Segmented: {
        trackBg: dark ? '#17191c' : '#eef1f4',
        itemSelectedBg: dark ? '#33383f' : '#ffffff',
      },
      Progress: { defaultColor: dark ? '#4a90e2' : '#1a5fb4' },
    },
  };
}
