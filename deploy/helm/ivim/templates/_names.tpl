{{/* Names and labels. Forty letters leave room for the ends of pods' names. */}}
{{- define "ivim.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "ivim.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "ivim.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "ivim.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What never changes in the life of an object. Of: root, component. */}}
{{- define "ivim.selector" -}}
app.kubernetes.io/name: {{ include "ivim.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "ivim.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{ include "ivim.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: ivim
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Without the versions: a change of the chart alone is no reason to start a pod anew. */}}
{{- define "ivim.podLabels" -}}
{{ include "ivim.selector" . }}
app.kubernetes.io/part-of: ivim
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Of: root, image. */}}
{{- define "ivim.image" -}}
{{- with .root.Values.global.imageRegistry }}{{ trimSuffix "/" . }}/{{ end }}
{{- .image.repository }}
{{- if .image.digest }}@{{ .image.digest }}{{ else }}:{{ .image.tag | default .root.Chart.AppVersion }}{{ end }}
{{- end }}

{{- define "ivim.seedService" -}}
{{ include "ivim.fullname" . }}-seed
{{- end }}

{{- define "ivim.apiService" -}}
{{ include "ivim.fullname" . }}-api
{{- end }}

{{- define "ivim.workClaim" -}}
{{ .Values.storage.work.existingClaim | default (printf "%s-work" (include "ivim.fullname" .)) }}
{{- end }}

{{- define "ivim.tlsSecret" -}}
{{- if eq .Values.tls.mode "cert-manager" }}
{{- .Values.tls.existingSecret | default (printf "%s-tls" (include "ivim.fullname" .)) }}
{{- else }}
{{- required "tls.existingSecret is needed where tls.mode is secret" .Values.tls.existingSecret }}
{{- end }}
{{- end }}

{{- define "ivim.apiScheme" -}}
{{ eq .Values.tls.mode "insecure" | ternary "http" "https" }}
{{- end }}

{{/* Names by which clients may address the API. */}}
{{- define "ivim.apiHosts" -}}
{{- $service := include "ivim.apiService" . }}
{{- $hosts := list $service (printf "%s.%s" $service .Release.Namespace) (printf "%s.%s.svc" $service .Release.Namespace) }}
{{- $hosts = append $hosts (printf "%s.%s.svc.cluster.local" $service .Release.Namespace) }}
{{- if .Values.ingress.enabled }}{{ $hosts = append $hosts .Values.ingress.host }}{{ end }}
{{- concat $hosts .Values.api.hosts | uniq | join "," }}
{{- end }}

{{/* The seeds by the names they call themselves, the same list for all nodes. */}}
{{- define "ivim.seedList" -}}
{{- $service := include "ivim.seedService" . }}
{{- $seeds := list }}
{{- range $number := until (int .Values.seeds.replicas) }}
{{- $seeds = append $seeds (printf "%s-%d.%s:%s" $service $number $service (include "ivim.nodePort" $)) }}
{{- end }}
{{- join "," $seeds }}
{{- end }}
