import { createTheme } from '@mantine/core';

/** Mantine under our tokens (`styles/tokens.css`): fountain-pen ink, Inter, and the radii of the design. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: 6,
  colors: {
    ink: ['#E9EDF9', '#D2DBF3', '#A9BBE8', '#7F9ADC', '#5A7BD0', '#3D60C1', '#2546A8', '#1D3989', '#162D6D', '#0F2051'],
  },
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', monospace",
  defaultRadius: 7,
  components: {
    Modal: {
      defaultProps: {
        centered: true,
        radius: 14,
        transitionProps: { transition: 'fade-up', duration: 180 },
        overlayProps: { color: 'var(--veil)', backgroundOpacity: 1 },
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, radius: 6 } },
    Menu: { defaultProps: { shadow: 'none', transitionProps: { duration: 120 } } },
  },
});
