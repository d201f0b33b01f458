/**
 * Texts of notifications, as templates of Alertmanager. Alerts of one group have one name, and so one runbook; summaries,
 * descriptions and dashboards are each alert's own. A message names the first ten: chat services cut what is longer. Where no
 * address is known, an annotation has a path: it is shown as text, since a link to it would lead nowhere.
 *
 * @see https://prometheus.io/docs/alerting/latest/notifications/
 */
export const ALERT_TEMPLATES = `{{ define "flightdeck.place" -}}
{{ .CommonLabels.environment }}{{ with .CommonLabels.namespace }} {{ . }}{{ end }}{{ with .CommonLabels.model_service }}/{{ . }}{{ end }}{{ with .CommonLabels.model }} {{ . }}{{ end }}
{{- end }}

{{ define "flightdeck.title" -}}
{{ if eq .Status "firing" }}{{ .CommonLabels.severity | toUpper }}{{ else }}RESOLVED{{ end }} {{ .CommonLabels.alertname }} - {{ template "flightdeck.place" . }}{{ if gt (len .Alerts) 1 }} ({{ len .Alerts }} alerts){{ end }}
{{- end }}

{{ define "flightdeck.color" -}}
{{ if eq .Status "resolved" }}#2eb67d{{ else if eq .CommonLabels.severity "critical" }}#e01e5a{{ else if eq .CommonLabels.severity "warning" }}#ecb22e{{ else }}#36c5f0{{ end }}
{{- end }}

{{ define "flightdeck.pagerduty.severity" -}}
{{ if eq .CommonLabels.severity "critical" }}critical{{ else if eq .CommonLabels.severity "warning" }}warning{{ else }}info{{ end }}
{{- end }}

{{ define "flightdeck.runbook" -}}
{{ if match "^https?://" .CommonAnnotations.runbook_url }}{{ .CommonAnnotations.runbook_url }}{{ end }}
{{- end }}

{{ define "flightdeck.slack" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index 10 }}*{{ .Annotations.summary }}*{{ if eq .Status "resolved" }} (resolved){{ end }}
{{ .Annotations.description }}{{ with .Annotations.dashboard_url }}
{{ if match "^https?://" . }}<{{ . }}|Dashboard>{{ else }}Dashboard: {{ . }}{{ end }}{{ end }}

{{ end }}{{ end }}{{ if gt (len .Alerts) 10 }}These are the first 10 of {{ len .Alerts }}.
{{ end }}{{ with .CommonAnnotations.runbook_url }}{{ if match "^https?://" . }}<{{ . }}|Runbook>{{ else }}Runbook: {{ . }}{{ end }}{{ end }}
{{- end }}

{{ define "flightdeck.markdown" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index 10 }}**{{ .Annotations.summary }}**{{ if eq .Status "resolved" }} (resolved){{ end }}

{{ .Annotations.description }}{{ with .Annotations.dashboard_url }} {{ if match "^https?://" . }}[Dashboard]({{ . }}){{ else }}Dashboard: {{ . }}{{ end }}{{ end }}

{{ end }}{{ end }}{{ if gt (len .Alerts) 10 }}These are the first 10 of {{ len .Alerts }}.

{{ end }}{{ with .CommonAnnotations.runbook_url }}{{ if match "^https?://" . }}[Runbook]({{ . }}){{ else }}Runbook: {{ . }}{{ end }}{{ end }}
{{- end }}

{{ define "flightdeck.text" -}}
{{ range $index, $alert := .Alerts }}{{ if lt $index 10 }}{{ .Annotations.summary }}{{ if eq .Status "resolved" }} (resolved){{ end }}
{{ .Annotations.description }}
{{ with .Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}{{ range .Labels.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}

{{ end }}{{ end }}{{ if gt (len .Alerts) 10 }}These are the first 10 of {{ len .Alerts }}.
{{ end }}{{ with .CommonAnnotations.runbook_url }}Runbook: {{ . }}{{ end }}
{{- end }}

{{ define "flightdeck.html" -}}
<h3>{{ template "flightdeck.title" . }}</h3>
{{ range $index, $alert := .Alerts }}{{ if lt $index 10 }}<p><b>{{ .Annotations.summary }}</b>{{ if eq .Status "resolved" }} (resolved){{ end }}<br>
{{ .Annotations.description }}{{ with .Annotations.dashboard_url }}<br>
{{ if match "^https?://" . }}<a href="{{ . }}">Dashboard</a>{{ else }}Dashboard: {{ . }}{{ end }}{{ end }}<br>
<small>{{ range .Labels.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}</small></p>
{{ end }}{{ end }}{{ if gt (len .Alerts) 10 }}<p>These are the first 10 of {{ len .Alerts }}.</p>
{{ end }}{{ with .CommonAnnotations.runbook_url }}<p>{{ if match "^https?://" . }}<a href="{{ . }}">Runbook</a>{{ else }}Runbook: {{ . }}{{ end }}</p>{{ end }}
{{- end }}
`;
