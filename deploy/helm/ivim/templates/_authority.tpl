{{/* Whether the chart makes an authority of its own; "yes" or nothing. */}}
{{- define "ivim.ownAuthority" -}}
{{- if and (eq .Values.tls.mode "cert-manager") (not .Values.tls.certManager.issuerRef.name) }}yes{{ end }}
{{- end }}
