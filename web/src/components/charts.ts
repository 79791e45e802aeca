// The chart library, cut down to what we draw. Loaded only when a chart is seen.
import { BarChart, CustomChart, LineChart, PieChart } from 'echarts/charts'
import { DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, CustomChart, LineChart, PieChart, DataZoomInsideComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer])
export { init }
