{{/* Parts of network policies. Of: the root, but for ivim.peer. */}}
{{- define "ivim.dnsEgress" -}}
- ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
  {{- with .Values.networkPolicy.dnsTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Nodes gossip with each other, whatever their role. */}}
{{- define "ivim.nodePeers" -}}
- podSelector:
    matchLabels:
      {{- include "ivim.selector" (dict "root" . "component" "seed") | nindent 6 }}
- podSelector:
    matchLabels:
      {{- include "ivim.selector" (dict "root" . "component" "worker") | nindent 6 }}
{{- end }}

{{- define "ivim.nodeEgress" -}}
- ports:
    - { port: {{ include "ivim.nodePort" . }}, protocol: TCP }
  to:
    {{- include "ivim.nodePeers" . | nindent 4 }}
{{- end }}

{{- define "ivim.nodeIngress" -}}
- ports:
    - { port: {{ include "ivim.nodePort" . }}, protocol: TCP }
  from:
    {{- include "ivim.nodePeers" . | nindent 4 }}
{{- end }}

{{/* One pod of this release. Of: root, component. */}}
{{- define "ivim.peer" -}}
- podSelector:
    matchLabels:
      {{- include "ivim.selector" . | nindent 6 }}
{{- end }}
